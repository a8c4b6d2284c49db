"""Dutch."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.numbers import spell

_PAGE = PageLines(
    credit="foto | foto's | fotografie | beeld | afbeelding | bron | bronnen",
    photo="[Ff]oto van|[Ff]oto door",
    pointer="lees ook | lees meer | lees verder | zie ook op | meer over dit onderwerp",
    share="""
    delen(?: (?:op|via) .{0,30})? | deel dit artikel | volg ons.{0,30} | pagina afdrukken
    | (?:meld je aan|schrijf je in) voor de nieuwsbrief.{0,20} | alle cookies accepteren | link kopiëren
    """,
    posted="gepubliceerd | gepubliceerd op | geplaatst op | bijgewerkt | bijgewerkt op | laatst gewijzigd",
    hour="om",
    rights="alle rechten voorbehouden",
    rights_inside="alle rechten voorbehouden",
    tags="trefwoorden | categorie | categorieën | onderwerpen",
    related_heading="gerelateerde artikelen | verwante artikelen | lees ook | meest gelezen",
    author_heading="over de auteur | over de schrijver",
    author="auteur | redactie | geschreven door | over de auteur",
    form_heading="plaats een reactie | schrijf een reactie | geef een reactie | reageer | reactie annuleren",
    comments="reacties | geen reacties",
    form_word="niet gepubliceerd|verplicht|inloggen|aanmelden",
    domains="nl|be",
    page_of="van",
)

LANGUAGE = Language(
    code="nl",
    length=-0.03,
    accented="áàäéèêëíïóôöúü",
    grammar_words=frozenset(
        spell(
            """
            de het een en van niet met voor zijn wordt worden werd werden ook maar naar bij uit aan op te
            deze dit die dat hij zij wij je jij jullie hun hem haar heeft hebben kan kunnen zal zullen
            zou zouden moet moeten nog meer dan als er om omdat toen tegen onder tussen zonder tijdens
            volgens alleen geen geweest ben bent waar wanneer hoe wie wat welke veel weer wel
            door tot sinds toch dus echter zoals elke mijn onze daar hier
            """
        )
    ),
    shared_words=frozenset(
        spell("is in was of over we men ten no on to my me dan hier dat want al alle had ze")
    ),
    open_abbreviations=frozenset(
        spell(
            """
            dhr mevr mw drs ir ing ds prof bijv d.w.z o.a m.a.w t.a.v i.v.m m.b.t b.v bv evt incl excl gem
            geb resp art ca max red vert ned z.g zgn m.n a.u.b vgl hfst afd dir bijz oorspr
            burg kard maj luit kol kap afb m.i.v t.g.v n.a.v w.o d.m.v t.o.v
            mrt okt
"""
        )
    ),
    closing_abbreviations=frozenset(spell("vol enz etc e.d e.a v.chr n.chr a.s n.v b.v j.l m.m min sec")),
    number_abbreviations=frozenset(spell("nr nrs blz p pp tel fax hfdst par lid vol jg jrg dl tab no")),
    page=_PAGE,
)
