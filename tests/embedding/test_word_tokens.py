"""Tokens of words that are put together must be those of the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from pipeline.embedding import word_tokens
from pipeline.embedding.embedded import EMBEDDED_NAMES
from pipeline.embedding.word_tokens import WordTokens, splits_at_spaces

LETTERS = " \u00a0\u3000\t\n\x1c\u200bażŁİΣς\u0301ﬃ﷽가漢あ.,!’“1½²[UNK]▁🏳️"


@pytest.fixture(scope="module", params=sorted(EMBEDDED_NAMES))
def tokenizer(request):
    return Tokenizer.from_file(f"{request.param}/tokenizer.json")


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(st.text(LETTERS, max_size=30) | st.text(max_size=30), max_size=4))
def test_words_have_the_tokens_that_they_have_in_a_text(tokenizer, texts):
    expected = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    assert splits_at_spaces(tokenizer)
    assert WordTokens(tokenizer).of(texts) == expected


def test_what_is_forgotten_is_tokenized_again(tokenizer, monkeypatch):
    monkeypatch.setattr(word_tokens, "MOST_WORDS", 2)
    tokens = WordTokens(tokenizer)
    for text in ("uno due tre", "quattro", "uno due", "tre uno"):
        assert tokens.of([text]) == [tokenizer.encode(text, add_special_tokens=False).ids]


@pytest.mark.parametrize(
    ("pre_tokenizer", "normalizer"),
    [
        (pre_tokenizers.Metaspace(), None),
        (None, None),
        (pre_tokenizers.WhitespaceSplit(), normalizers.Strip()),
        (pre_tokenizers.WhitespaceSplit(), normalizers.Replace(Regex("a b"), "c")),
        (pre_tokenizers.WhitespaceSplit(), normalizers.Replace(" ", "_")),
    ],
)
def test_a_tokenizer_that_looks_beyond_words_is_not_accepted(pre_tokenizer, normalizer):
    tokenizer = Tokenizer(models.WordLevel({"a": 0}, unk_token="a"))
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    if normalizer:
        tokenizer.normalizer = normalizer
    assert not splits_at_spaces(tokenizer)


def test_an_added_token_with_a_space_is_not_accepted():
    tokenizer = Tokenizer(models.WordLevel({"a": 0}, unk_token="a"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    assert splits_at_spaces(tokenizer)
    tokenizer.add_tokens(["a b"])
    assert not splits_at_spaces(tokenizer)
