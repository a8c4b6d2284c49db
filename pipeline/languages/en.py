"""English."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.numbers import half_after, spell

_PAGE = PageLines(
    credit="credits? | photo | image | image credits? | photo credits?",
    photo="[Pp]hoto by",
    pointer="related (?:articles|posts|stories) | read also",
    share="share (?:on|this|via).{0,40} | follow us.{0,30} | accept (?:all )?cookies",
    posted="posted | posted on | posted by | published | published on | last updated | updated",
    hour="at",
    rights="all rights reserved",
    rights_inside="all rights reserved",
    tags="tags? | tagged | filed under",
    related_heading="related (?:articles|posts|stories) | read also | you may also like",
    author_heading="about the author",
    author="author | written by | about the author",
    form_heading="leave a (?:comment|reply) | post a comment | add (?:a )?comment",
    comments="comments | no comments",
    form_word="will not be published|required|log ?in",
    page_of="of",
)

LANGUAGE = Language(
    code="en",
    grammar_words=frozenset(
        spell(
            "the of and to in is are was were that this these those with for from by not have has had "
            "will would can you your they their he she his her its it as at on be or which who when where "
            "there if into about than"
        )
    ),
    open_abbreviations=frozenset(("no",)),
    closing_abbreviations=frozenset(spell("etc a.m p.m u.s u.k u.s.a b.c a.d")),
    lent_abbreviations=frozenset(
        spell(
            """
            mr mrs ms dr prof st jr sr mt ft vs inc ltd co corp bros dept univ fig figs vol ed eds pp cf
            approx
            jan feb apr aug sep sept oct nov dec gen col lt sgt capt cpt maj cmdr adm rev hon gov sen rep pres
            e.g i.e ph.d m.d
            """
        )
    ),
    half_after=half_after("and a half"),
    scale_stems={"million": 6, "billion": 9, "thousand": 3, "trillion": 12},
    doubtful_scales={"m": 6, "k": 3, "bn": 9, "b": 9},
    about=r"about|approx\.?",
    range_words="to|and|or",
    times_words="by",
    range_articles="and",
    half_day=r"[ap]\.?\s?m\b",
    decade_before="the",
    decade_after=r"['’]?s\b",
    units={
        "mile2": "square_miles",
        "foot2": "square_feet",
        "acre": "acre acres",
        "km": "kph kmph kilomet*",
        "mile": "mph mile miles",
        "m": "meter meters",
        "cm": "centimeter*",
        "yard": "yard yards yd",
        "foot": "foot feet ft",
        "inch": "inch inches",
        "kg": "kilo kilogram*",
        "g": "gram*",
        "pound": "lb lbs pound pounds",
        "ounce": "oz ounce ounces",
        "gallon": "gallon*",
        "litre": "liter*",
        "pint": "pint pints",
        "degree": "degree degrees",
    },
    currencies={"EUR": "euro euros", "USD": "dollar dollars", "CNY": "rmb"},
    page=_PAGE,
)
