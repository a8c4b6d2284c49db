"""How likely letters beyond ASCII are in the language of the text around them, to choose between decodings.

Few such letters decide what a mostly Latin text is encoded in, so each is judged where it stands: `ò` behind
"pu" is frequent in Italian, `Ž` and `…` there are not. The ASCII letters, which are the same in all
decodings, tell the language.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from pipeline.detection.detector import LATIN
from pipeline.detection.ngrams import SMOOTHING, NgramTable, ngram_table

SHARES = (0.6, 0.3, 0.1)
"""What the letters before count for: two of them, one, none, as usual for interpolated n-gram models."""
RARE = 1e-6  # probability of a letter that the language does not have
_RARE, ODD, DAMAGE, MARK = np.log((RARE, 1e-8, 2e-5, 1e-3)).tolist()
"""Log probabilities of a sign in an odd place, of one between two letters, of a byte that could not be
decoded, and of a quotation mark, a dash or the like where these stand."""
SAMPLE = 4_000  # characters of a text that tell its language
MAX_DOUBT = -30.0  # nats by which a language that the text is not in counts less, at most
MAX_WORDS = 1_000  # words with such characters that are looked at

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_SPACES = re.compile(r"[ \t\n\r\f]+")  # a no-break space may be a letter in another encoding
_OPENING, _CLOSING = "„“”‘’«‹–—¿¡€£§©•·", "“”’»›…–—™®°€"
_MARKS = re.compile(
    rf"(?<!\w)[{_OPENING}](?=[\w{_OPENING}])"
    rf"|(?<=[\w.,;:!?){_CLOSING}])[{_CLOSING}](?!\w)"
    "|(?<![^\\s])[–—…•·€£§©°«»\u00a0](?![^\\s])"
    "|(?<=\\w)[’–](?=\\w)|(?<=\\d)[°\u00a0%](?=\\w)|(?<=\\w)\u00a0(?=[\\w:;!?»])"
)


def letter_likelihood(text: str) -> float:
    """Return the log probability of the characters beyond ASCII and the two letters behind each, in nats."""
    table = ngram_table(LATIN.languages)
    languages, doubt = _languages(_FOREIGN.sub(" ", text[:SAMPLE]))
    text = " ".join(islice((word for word in _SPACES.split(text) if not word.isascii()), MAX_WORDS)) + " "
    marks = {place for match in _MARKS.finditer(text) for place in range(*match.span())}
    letters: list[int] = []
    signs = 0.0
    for place in sorted({match.start() + step for match in _FOREIGN.finditer(text) for step in range(3)}):
        letter = text[place : place + 1]
        if place in marks:
            signs += MARK
        elif letter == "\ufffd":
            signs += DAMAGE
        elif letter >= "\x80" and not LATIN.letters.match(letter):
            signs += ODD if text[place - 1 : place + 2 : 2].isalpha() else _RARE
        elif letter.isalpha():
            letters.append(place)
    found = np.log(_probabilities(text, table, np.array(letters, np.intp), languages)).sum(axis=0)
    return signs + float((found + doubt).max())


@lru_cache(maxsize=2)  # the same for all encodings of single bytes, and another one for UTF-8
def _languages(text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the languages that a text may be in, and by how much each is less likely than the first."""
    whole, _ = ngram_table(LATIN.languages).vocabulary_evidence(text)
    likely = np.flatnonzero(whole - whole.max() > MAX_DOUBT)
    return likely, whole[likely] - whole.max()


def _probabilities(
    text: str, table: NgramTable, places: NDArray[np.intp], languages: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the probability of some letters of a text behind those before them, `[letters, languages]`."""
    rows, _ = table.rows(text)
    before = np.maximum(places - 1, 0)  # the first letter of a text is behind nothing

    def probability(of: NDArray[np.intp]) -> NDArray[np.float64]:
        found = np.exp(table.log_likelihood[of[:, None], languages].astype(np.float64)) - SMOOTHING
        found[of == table.unknown] = 0.0
        kept: NDArray[np.float64] = np.maximum(found, 0.0)
        return kept

    one, two, three = (probability(rows[k, places]) for k in range(3))
    behind_one = two / np.maximum(probability(rows[0, before]), SMOOTHING)
    behind_two = three / np.maximum(probability(rows[1, before]), SMOOTHING)
    mixed = SHARES[0] * np.minimum(behind_two, 1) + SHARES[1] * np.minimum(behind_one, 1) + SHARES[2] * one
    floored: NDArray[np.float64] = np.maximum(mixed, RARE)
    return floored
