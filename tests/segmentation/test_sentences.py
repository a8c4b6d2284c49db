"""Where sentences end."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segmentation.segment import split_sentences

CASES = json.loads((Path(__file__).parent.parent / "cases/front/sentences.json").read_text(encoding="utf-8"))
JOINERS = {"ja": "", "zh-cn": "", "zh-tw": ""}


def _split(language, text):
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize("case", CASES["positive"], ids=lambda case: " ".join(case)[:40])
def test_sentences_are_told_apart(case):
    language, *sentences = case
    assert _split(language, JOINERS.get(language, " ").join(sentences)) == sentences


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: " ".join(case)[:40])
def test_one_sentence_stays_one(case):
    language, sentence = case
    assert _split(language, sentence) == [sentence]


@pytest.mark.parametrize("case", CASES["known failures"], ids=lambda case: " ".join(case)[:40])
@pytest.mark.xfail(strict=True, reason="needs more than the words on both sides")
def test_known_failures(case):
    language, *sentences = case
    assert _split(language, " ".join(sentences)) == sentences


def test_korean_without_a_space_after_the_full_stop():
    assert _split("ko", "끝났다.그러나 몰랐다.") == ["끝났다.", "그러나 몰랐다."]


def test_line_ends_inside_a_paragraph_end_sentences():
    assert _split("it", "via Roma 5\n00100 Roma") == ["via Roma 5", "00100 Roma"]


def test_empty_text_has_no_sentences():
    assert split_sentences("", "it") == split_sentences("  \n ", "pl") == ()


@pytest.mark.parametrize(
    "text", ["." * 200_000, ". " * 100_000, "\n" * 200_000 + "a", '"' * 200_000, "a." * 100_000]
)
def test_malicious_texts_take_no_long_time(text):
    begin = time.process_time()
    split_sentences(text, "it")
    assert time.process_time() - begin < 20


@given(st.text(alphabet='aAż가다.!?… \n"»1(', max_size=60), st.sampled_from(["it", "ko", "pl", "xx"]))
def test_every_visible_character_is_in_one_sentence(text, language):
    spans = split_sentences(text, language)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
