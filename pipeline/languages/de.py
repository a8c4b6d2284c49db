"""German."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.numbers import spell

_PAGE = PageLines(
    credit="foto | fotos | bild | bildquelle | bildnachweis | quelle | quellen | grafik",
    photo="[Ff]oto von",
    pointer="lesen sie auch | lesen sie mehr | mehr zum thema | siehe auch auf | auch interessant",
    share="""
    teilen(?: (?:auf|via|per) .{0,30})? | artikel teilen | folgen sie uns.{0,30} | seite drucken
    | newsletter abonnieren | alle cookies akzeptieren | link kopieren
    """,
    posted="veröffentlicht | veröffentlicht am | aktualisiert | aktualisiert am | zuletzt aktualisiert",
    hour="um",
    rights="alle rechte vorbehalten",
    rights_inside="alle rechte vorbehalten",
    tags="schlagwörter | schlagworte | stichwörter | kategorien | kategorie | themen",
    related_heading="ähnliche artikel | verwandte artikel | lesen sie auch | mehr zum thema | meistgelesen",
    author_heading="über den autor | über die autorin | zum autor | zur autorin",
    author="autor | autorin | von der redaktion | über den autor | über die autorin",
    form_heading="kommentar schreiben | schreiben sie einen kommentar | kommentar hinterlassen | antworten",
    comments="kommentare | keine kommentare",
    form_word="nicht veröffentlicht|pflichtfeld|erforderlich|anmelden",
    domains="de|at|ch",
    page_of="von",
)

LANGUAGE = Language(
    code="de",
    length=0.01,
    accented="äöüß",
    letters="ß",
    grammar_words=frozenset(
        spell(
            """
            der die das und ist nicht ein eine einen dem den des mit von für auf sich auch wird wurde sind war
            zu als nach bei oder aber wenn dass haben werden wir noch nur über zum zur vom sie er es ihr
            ihre ihren sein seine seiner einer eines einem hat hatte hatten kann können muss müssen mehr wie
            durch vor unter zwischen diese dieser dieses diesem sowie bis aus schon keine kein wer hier dort
             wurden worden sei wäre würde würden ihm ihn uns weil damit sondern gegen ohne seit während
            """
        )
    ),
    shared_words=frozenset(spell("in im am an was man so um do no to per her also me alle ich")),
    open_abbreviations=frozenset(
        spell(
            """
            a b d f g h i k m n o p r s u v w z bzw ca evtl ggf vgl inkl exkl zzgl abzgl max mind sog bspw
            geb gest verh hrsg bearb dipl ing hr fr frl st hl abt allg bes betr bez zz einschl ev kath lt
             med phil jur rer nat priv stv str.nr tgl urspr vorm wiss ehem okt dez jan.-febr
            österr schweiz engl frz ital lat griech dt zt
"""
        )
    ),
    closing_abbreviations=frozenset(
        spell(
            "etc usw usf chr jh jhs jhd jhdt mio mrd tsd str o.ä u.ä u.a.m u.v.m v.chr n.chr e.v ff std min"
        )
    ),
    number_abbreviations=frozenset(
        spell("nr abs art kap bd bde aufl abb tab ziff seite tel fax pos anm par anh zeile aug ver rn")
    ),
    ordinal_before=(
        "(?:[aA]m|[iI]m|[vV]om|[zZ]um|[zZ]ur|[bB]eim|[aA]b|[bB]is|[sS]eit|[dD]en|[dD]e[rsm]|[dD]ie|[dD]as"
        "|(?:[sS]eine|[iI]hre|[uU]nsere|[mM]eine|[jJ]ede|[dD]iese)[nrms]?|Anfang|Mitte|Ende|und|oder)"
    ),
    ordinal_after=(
        "(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
        "|Jahrhundert|Jahrtausend|Minute|Platz|Auflage|Klasse|Liga|Bundesliga|Runde|Etage|Stock|Lebensjahr"
        "|Geburtstag|Jahrestag|Mal|Kapitel|Internationale|Weltkrieg)"
    ),
    page=_PAGE,
)
