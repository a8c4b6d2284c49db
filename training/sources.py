"""The sources that the model may be trained on: their licences, and how often a line of each is seen.

A source that is not here is left out, so no text gets into the weights whose licence nobody has looked at.
"""

from typing import NamedTuple


class Source(NamedTuple):
    """A source of parallel text."""

    licence: str
    weight: float = 0.5  # how often a line is seen in an epoch
    wide: float | None = None  # the same where more than four languages are trained


# Documentation is most of the text and least like what people align, so it is seen less often; the ablations
# in README.md set these numbers. In many languages at once it is rarer, and worth more.
SOURCES = {
    "visualstudio-docs": Source("CC BY 4.0", 0.15, 0.1),
    "Dynamics-365-Operations": Source("CC BY 4.0", 0.15, 0.1),
    "OfficeDocs-AlchemyInsights-pr": Source("CC BY 4.0", 0.25, 0.5),
    "edgeai": Source("MIT", 0.35, 0.5),
    "iot": Source("MIT", 0.5, 1.0),
    "azd": Source("MIT", 0.5),
    "react": Source("CC BY 4.0"),
    "vue-docs": Source("CC BY 4.0"),
    "cncf-glossary": Source("CC BY 4.0", 0.5, 1.0),
    "astro-docs": Source("MIT"),
    "gatsby": Source("MIT"),
    "huggingface-course": Source("Apache-2.0"),
    "comprehensive-rust": Source("CC BY 4.0 / Apache-2.0"),
    "fastapi": Source("MIT", 0.5, 0.7),
    "electron": Source("BSD-3-Clause"),
    "elixirschool": Source("Apache-2.0", 0.5, 1.0),
    "djangogirls": Source("CC BY-SA 4.0", 0.5, 1.0),
    "nodejs": Source("MIT", 0.5, 1.0),
    "raspberrypi": Source("CC BY-SA 4.0", 2.0),
    "privacyguides": Source("CC BY-SA 4.0", 2.0),
    "bitcoin.org": Source("MIT", 2.0),
    "www-l10n": Source("MPL-2.0", 1.5),
    "android": Source("Apache-2.0"),
    "duckduckgo": Source("Apache-2.0", 0.5, 1.0),
    "lighthouse": Source("Apache-2.0"),
    "wikipedia-android": Source("Apache-2.0", 0.5, 1.0),
    "calculator": Source("MIT"),
    "inaturalist": Source("MIT", 2.0),
    "osm": Source("ISC", 2.0, 1.0),
    "adarkroom": Source("MPL-2.0", 1.0, 2.0),
    "cldr": Source("Unicode-3.0", 2.0, 1.0),
    "wiktionary": Source("CC BY-SA 3.0", 1.0, 0.5),
    "tatoeba": Source("CC BY 2.0 FR", 3.0, 0.7),
    "sts": Source("CC BY-SA 4.0", 4.0),
    "xpersona": Source("MIT", 2.0),
    "xquad": Source("CC BY-SA 4.0", 4.0),
    "xcopa": Source("CC BY 4.0", 2.0),
    "bible": Source("public domain; CC BY 3.0 BR (Portuguese)", 0.7),
    "korean-news": Source("CC BY-SA 3.0", 4.0),
    "korean-news-nk": Source("CC BY-SA 3.0", 3.0, 1.5),
    "korean-jhe": Source("CC BY-SA 3.0", 4.0),
}

LEXICA = ("wiktionary", "cldr")
"""Sources whose lines are words, not sentences."""

EVERYDAY_SOURCES = ("tatoeba", "korean-jhe")
"""Sources of everyday sentences, some of which are set apart to measure on."""


def weight_of(source: str, wide: bool = False) -> float:
    """How often a line of a source is seen in an epoch, on average; 0 where the source is not known."""
    known = SOURCES.get(source)
    if known is None:
        return 0.0
    return known.weight if not wide or known.wide is None else known.wide
