"""Trains the pieces: a unigram model over words, on text balanced between languages and sources."""

import json
from collections.abc import Iterator, Sequence

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from training.corpus import CORE, Line

UNKNOWN = "[UNK]"
WORD_START = "▁"
MARK_SCORE = -5.0  # better than any two pieces

# Characters of each language that the pieces are learnt from, in millions: Korean and Polish need more
# pieces than Italian (agglutination, inflection), and English only ties the others together.
CHARACTERS = {"it": 10.0, "ko": 6.0, "pl": 12.0, "en": 7.0}

# The same where more languages share the pieces: much inflected ones and those of many compounds need more.
WIDE_CHARACTERS = {
    "it": 4.0, "ko": 3.0, "pl": 4.5, "en": 4.0, "de": 4.5, "fr": 4.0, "es": 4.0, "pt": 3.5,
    "nl": 4.0, "cs": 4.5, "ru": 4.5, "uk": 4.5, "tr": 4.5, "ja": 2.5, "zh-cn": 2.0, "sv": 4.0,
}  # fmt: skip

UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}ー々〆]"
"""A letter of Chinese or Japanese, which have no spaces between words."""


def untrained(form: str = "NFKC", unspaced: bool = False) -> Tokenizer:
    """A unigram tokenizer that knows how texts become words, and no pieces yet.

    Every word, punctuation mark and run of digits starts with ▁, whatever stands before it, so that a word
    after a quotation mark or an apostrophe is the same word. Chinese and Japanese have no spaces: there it
    would only make two pieces of each word, one for the beginning of a clause, and is left out.
    """
    tokenizer = Tokenizer(models.Unigram())
    compatibility = normalizers.NFKC() if form == "NFKC" else normalizers.NFKD()
    tokenizer.normalizer = normalizers.Sequence(
        [
            compatibility,
            normalizers.Lowercase(),
            normalizers.Replace(Regex("[’‘ʼ`´]"), "'"),
            normalizers.Replace(Regex("[“”„«»]"), '"'),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Digits(individual_digits=False),
            *([pre_tokenizers.Split(Regex(UNSPACED + "+"), "isolated")] if unspaced else []),
            pre_tokenizers.Metaspace(replacement=WORD_START, prepend_scheme="always", split=False),
            *([pre_tokenizers.Split(Regex(f"{WORD_START}(?={UNSPACED})"), "removed")] if unspaced else []),
        ]
    )
    return tokenizer


def train_tokenizer(
    lines: Sequence[Line],
    languages: Sequence[str],
    size: int,
    rng: np.random.Generator,
    form: str = "NFKC",
) -> Tokenizer:
    """A tokenizer of about `size` pieces, learnt from a weighted sample of every language's texts."""
    tokenizer = untrained(form, unspaced=not {"ja", "zh-cn"}.isdisjoint(languages))
    trainer = trainers.UnigramTrainer(
        vocab_size=size, special_tokens=[UNKNOWN], unk_token=UNKNOWN, show_progress=False, max_piece_length=16
    )
    tokenizer.train_from_iterator(_sample(lines, languages, rng), trainer)
    return finished(tokenizer)


def finished(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer with scores of three decimals, and each punctuation mark a piece of its own."""
    settings = json.loads(tokenizer.to_str())
    score = {piece: round(value, 3) for piece, value in settings["model"]["vocab"]}
    marks = [
        WORD_START + piece
        for piece in score
        if len(piece) == 1 and not piece.isalnum() and piece != WORD_START
    ]
    score |= dict.fromkeys(marks, MARK_SCORE)
    # The trainer puts pieces of one score in any order, and the unknown piece must stay the first.
    ordered = sorted(score.items(), key=lambda item: (item[0] != UNKNOWN, -item[1], item[0]))
    settings["model"]["vocab"] = [[piece, value] for piece, value in ordered]
    return Tokenizer.from_str(json.dumps(settings))


def _sample(lines: Sequence[Line], languages: Sequence[str], rng: np.random.Generator) -> Iterator[str]:
    characters = CHARACTERS if set(languages) <= set(CORE) else WIDE_CHARACTERS
    for language in languages:
        millions = characters[language]
        having = [line for line in lines if language in line.texts]
        if not having:
            continue
        weights = np.array([line.weight for line in having])
        lengths = np.array([len(line.texts[language]) for line in having])
        repeats = weights * min(1e6 * millions / float(weights @ lengths), 10.0)
        counts = np.floor(repeats + rng.random(len(having))).astype(int)
        for line, count in zip(having, counts, strict=True):
            yield from [line.texts[language]] * int(count)
