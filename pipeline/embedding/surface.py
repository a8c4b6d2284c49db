"""What sentences show besides their meaning: their size, their wording and the kind of their paragraph.

A vector says little about a line of one word, and nothing about code. Such text is aligned by what it
looks like: the same wording on both sides, the same kind of paragraph, about the same size.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import CODE, Paragraph
from pipeline.languages import facts
from pipeline.languages.marks import without_glosses, without_tags

KINDS = ("paragraph", "heading", "list-item", "quote", "table-cell", "caption", CODE)
"""The kinds of paragraphs that are told apart; a title is a heading, anything else a paragraph."""

_NUMBER_OF = {kind: number for number, kind in enumerate(KINDS)} | {"title": KINDS.index("heading")}

CODE_KIND = KINDS.index(CODE)

NO_WORDING = 0
"""The wording of a sentence that equals no other."""

_LATIN = re.compile(r"[A-Za-z]+")
_ADDRESS = re.compile(r"https?://\S+")
_SIGNS = re.compile(r"[\W_]+")


class Surface(NamedTuple):
    """The surface of the n sentences of a text."""

    sizes: NDArray[np.float32]  # [n]: see `size_of` and `size_of_code`
    wordings: NDArray[np.uint64]  # [n]: hash of the wording, equal in all languages if the text is
    kinds: NDArray[np.uint8]  # [n]: kind of the sentence's paragraph, an index of `KINDS`

    @classmethod
    def of(cls, sentences: Iterable[tuple[Paragraph, str]], language: str) -> Self:
        """Return the surface of sentences, each given with its paragraph."""
        found = list(sentences)
        codes = [paragraph.kind == CODE for paragraph, _ in found]
        return cls(
            np.array(
                [
                    size_of_code(text, language) if code else size_of(text, language)
                    for (_, text), code in zip(found, codes, strict=True)
                ],
                dtype=np.float32,
            ),
            np.array(
                [wording_of(text, code) for (_, text), code in zip(found, codes, strict=True)],
                dtype=np.uint64,
            ),
            np.array([_NUMBER_OF.get(paragraph.kind, 0) for paragraph, _ in found], dtype=np.uint8),
        )

    @classmethod
    def plain(cls, sizes: NDArray[np.float32]) -> Self:
        """Return the surface of sentences of which only the sizes are known."""
        wordings = np.full(len(sizes), NO_WORDING, dtype=np.uint64)
        return cls(sizes, wordings, np.zeros(len(sizes), dtype=np.uint8))

    def beginning(self, sentences: int) -> Self:
        """Return the surface of the first `sentences` sentences."""
        return type(self)(self.sizes[:sentences], self.wordings[:sentences], self.kinds[:sentences])

    def where(self, mask: NDArray[np.bool_]) -> Self:
        """Return the surface of the sentences in a mask, `bool[n]`."""
        return type(self)(self.sizes[mask], self.wordings[mask], self.kinds[mask])


def characters(text: str) -> int:
    """Return the characters of a text other than whitespace; at least 1."""
    return max(1, len("".join(text.split())))


def size_of(text: str, language: str) -> float:
    """Return the characters that Italian would need for a text; at least 1.

    Glosses, tags and addresses do not count. Spaces do, as they do in the usual length of a language: Korean
    has fewer of them. In a language with another script, names and terms in Latin letters are as long as
    everywhere. A language whose usual length is unknown counts as Italian.
    """
    known = facts(language)
    text = without_tags(without_glosses(_ADDRESS.sub("", text) if "://" in text else text))
    usual = math.exp(-(known.length or 0.0))
    latin = sum(map(len, _LATIN.findall(text))) if known.script else 0
    return max(1.0, latin + (len(text) - latin) * usual)


def size_of_code(text: str, language: str) -> float:
    """Return the characters of code without whitespace, its words in another script as those of a text."""
    known = facts(language)
    found = characters(text)
    own = sum(map(len, _words_of(known.script).findall(text))) if known.script else 0
    return found + own * (math.exp(-(known.length or 0.0)) - 1.0)


@cache
def _words_of(script: str) -> re.Pattern[str]:
    return re.compile(f"[{script}]+")


def wording_of(text: str, code: bool = False) -> int:
    """Return a hash of a sentence, equal for sentences that differ only in case, signs and whitespace.

    In code, and where there is nothing but signs, the signs count.
    """
    key = "" if code else _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())
    data = (key or " ".join(text.split())).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little") or 1
