"""Tokens of texts, word by word: most words of a text have been seen before.

A tokenizer that begins by splitting at spaces gives each word the same tokens wherever it stands. So a word
is tokenized once and then looked up: that takes about half of the time, most of it for words that are new.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

MOST_WORDS = 1 << 17
"""Words that are kept, about 25 MB; beyond them all are forgotten and the frequent ones soon known again."""

_WITHIN_WORDS = {"NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents"}
"""Normalizers that do the same to a word by itself as in a text."""

_ONE_CHARACTER = re.compile(r"\[[^\s\[\]\\^]+\]")


class WordTokens:
    """The tokens of texts, from a tokenizer that splits at spaces (`splits_at_spaces`)."""

    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401 (tokenizers has no types)
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the tokens of each text."""
        words = [text.split(" ") for text in texts]
        known = self._known
        if len(known) > MOST_WORDS:  # another thread may still look its words up in the old ones
            known = self._known = {}
        missing = list(set(chain.from_iterable(words)).difference(known))
        if missing:
            encodings = self._tokenizer.encode_batch_fast(missing, add_special_tokens=False)
            known.update(zip(missing, (tuple(each.ids) for each in encodings), strict=True))
        tokens_of = known.__getitem__
        return [list(chain.from_iterable(map(tokens_of, some))) for some in words]


def splits_at_spaces(tokenizer: Any) -> bool:  # noqa: ANN401 (tokenizers has no types)
    """Return whether a tokenizer gives a word the same tokens alone and among others.

    In doubt it does not: only what is known to keep to one word may change the text before it is split.
    """
    first, *_ = [*_steps(tokenizer.pre_tokenizer, "pretokenizers"), None]
    whole = all(" " not in token.content for token in tokenizer.get_added_tokens_decoder().values())
    own = all(map(_keeps_to_words, _steps(tokenizer.normalizer, "normalizers")))
    return whole and own and first is not None and first["type"] in ("WhitespaceSplit", "Whitespace")


def _steps(part: Any, name: str) -> list[dict[str, Any]]:  # noqa: ANN401 (tokenizers has no types)
    """Return the settings of each step of a part of a tokenizer, which is a sequence or a single step."""
    if part is None:
        return []
    settings = json.loads(part.__getstate__())
    return list(settings[name]) if settings["type"] == "Sequence" else [settings]


def _keeps_to_words(normalizer: Mapping[str, Any]) -> bool:
    if normalizer["type"] == "Replace":
        return _ONE_CHARACTER.fullmatch(normalizer["pattern"].get("Regex", "")) is not None
    return normalizer["type"] in _WITHIN_WORDS
