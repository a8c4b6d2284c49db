"""Swedish."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.numbers import spell

_PAGE = PageLines(
    credit="foto | fotograf | bild | bilder | källa | källor",
    photo="[Ff]oto av",
    pointer="läs också | läs även | läs mer | se även på | mer om ämnet",
    share="""
    dela(?: (?:på|via|med) .{0,30})? | dela artikeln | följ oss.{0,30} | skriv ut sidan
    | prenumerera på nyhetsbrevet.{0,20} | godkänn alla cookies | kopiera länken?
    """,
    posted="publicerad | publicerat | publicerad den | uppdaterad | uppdaterad den | senast uppdaterad",
    hour="kl",
    rights="alla rättigheter förbehållna",
    rights_inside="alla rättigheter förbehållna",
    tags="nyckelord | taggar | kategori | kategorier | ämnen",
    related_heading="relaterade artiklar | läs också | läs även | mest lästa",
    author_heading="om författaren | om skribenten",
    author="författare | skribent | redaktionen | skriven av | om författaren",
    form_heading="lämna en kommentar | skriv en kommentar | kommentera | lämna ett svar | avbryt svar",
    comments="kommentarer | inga kommentarer",
    form_word="publiceras inte|obligatorisk|logga in",
    domains="se",
    page_of="av",
)

LANGUAGE = Language(
    code="sv",
    length=-0.14,
    accented="åäöé",
    letters="å",
    grammar_words=frozenset(
        spell(
            """
            och att det som är på av med till inte ett en den de jag han hon var vi har om så kan ska från
            eller när nu också efter under mot mellan där här detta dessa denna sina sin sitt hade blev blir
            skulle många mycket bara utan än för oss dem deras hans hennes vid sedan redan mer inom genom
            varit vara bli blivit måste vill ingen inget några allt eftersom dock enligt man ni
            vad vem vilken vilket vilka hur varför
            """
        )
    ),
    shared_words=frozenset(spell("i men in for on her die we no do my se hos nu dig mig by alla")),
    open_abbreviations=frozenset(
        spell(
            """
            t.ex bl.a dvs d.v.s s.k f.d ca c:a resp inkl exkl jfr fr.o.m t.o.m p.g.a m.a.o t.v i.o.m d
            t ex bl fr f prof doc övers red ang utg eg ev moms avd max tr v.g 
            okt
"""
        )
    ),
    closing_abbreviations=frozenset(spell("hon etc osv o.s.v m.m m.fl e.d o.d f.kr e.kr dyl o.dyl a mm")),
    number_abbreviations=frozenset(spell("nr kl sid s tel kap fig tab st bd § kol art p")),
    page=_PAGE,
)
