"""The aligner on texts of which the right rows are known."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alignment import coarse
from pipeline.alignment.align import align_texts, search
from pipeline.alignment.band import Band, inner_products
from pipeline.alignment.likeness import Likeness
from pipeline.alignment.posterior import Prior
from tests.synthetic import meanings, text_of

LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)


def rows_of(*texts):
    return [row.nodes for row in align_texts(texts, LIKENESS)]


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def test_three_languages_paragraph_by_paragraph(rng):
    said = meanings(rng, 12)
    texts = [text_of(rng, language, said, [1] * 12) for language in ("it", "ko", "pl")]
    assert rows_of(*texts) == [((0, k), (1, k), (2, k)) for k in range(12)]


def test_left_out_added_and_merged_paragraphs(rng):
    said = meanings(rng, 10)
    italian = text_of(rng, "it", said, [1] * 10)
    korean = text_of(
        rng, "ko", said[[0, 1, 2, 3, 5, 6, 7, 8, 9]], [2, *[1] * 7]
    )  # 0 and 1 merged, 4 left out
    polish = text_of(rng, "pl", np.insert(said, 7, meanings(rng, 1), axis=0), [1] * 11)  # added before 7
    rows = rows_of(italian, korean, polish)
    assert rows[0] == ((0, 0), (0, 1), (1, 0), (2, 0), (2, 1))
    assert ((0, 4), (2, 4)) in rows
    assert ((2, 7),) in rows
    assert ((0, 9), (1, 7), (2, 10)) in rows
    assert len(rows) == 10


def test_an_added_sentence_inside_a_paragraph_does_not_part_it(rng):
    said = meanings(rng, 9)
    italian = text_of(rng, "it", said, [3, 3, 3])
    korean = text_of(rng, "ko", np.insert(said, 4, meanings(rng, 1), axis=0), [3, 4, 3])
    assert rows_of(italian, korean) == [((0, k), (1, k)) for k in range(3)]


def test_unrelated_texts_share_next_to_nothing(rng):
    texts = [text_of(rng, language, meanings(rng, 15, dimension=512), [1] * 15) for language in ("it", "ko")]
    assert sum(len(row) > 1 for row in rows_of(*texts)) <= 2


def test_a_language_of_unknown_verbosity(rng):
    said = meanings(rng, 8)
    texts = [text_of(rng, language, said, [1] * 8) for language in ("it", "fi", "pl")]
    assert rows_of(*texts) == [((0, k), (1, k), (2, k)) for k in range(8)]


def test_eight_languages(rng):
    said = meanings(rng, 6)
    languages = ("it", "ko", "pl", "de", "fr", "cs", "fi", "tr")
    texts = [text_of(rng, language, said, [2, 1, 3]) for language in languages]
    assert rows_of(*texts) == [tuple((k, p) for k in range(8)) for p in range(3)]


def test_confidence_is_lower_where_vectors_say_less(rng):
    said = meanings(rng, 12)
    clear = align_texts([text_of(rng, x, said, [1] * 12, noise=0.5) for x in ("it", "ko")], LIKENESS)
    faint = align_texts([text_of(rng, x, said, [1] * 12, noise=1.6) for x in ("it", "ko")], LIKENESS)
    assert np.mean([row.confidence for row in clear]) > np.mean([row.confidence for row in faint])


def test_a_moved_paragraph_is_put_beside_its_counterpart(rng):
    said = meanings(rng, 12)
    order = [0, 1, 9, 2, 3, 4, 5, 6, 7, 8, 10, 11]
    texts = [
        text_of(rng, "it", said, [1] * 12),
        text_of(rng, "ko", said[order], [1] * 12),
        text_of(rng, "pl", said, [1] * 12),
    ]
    rows = align_texts(texts, LIKENESS)
    [moved] = [row for row in rows if row.moved]
    assert moved.nodes == ((0, 9), (1, 2), (2, 9))
    assert [row.nodes[0] for row in rows] == [(0, k) for k in range(12)]


def test_a_foreign_paragraph_is_not_moved(rng):
    said = meanings(rng, 12)
    korean = np.insert(said, 3, meanings(rng, 1), axis=0)
    texts = [text_of(rng, "it", np.insert(said, 8, meanings(rng, 1), axis=0), [1] * 13)]
    rows = align_texts([*texts, text_of(rng, "ko", korean, [1] * 13)], LIKENESS)
    assert not any(row.moved for row in rows)
    assert ((1, 3),) in [row.nodes for row in rows]


def test_sentences_of_a_merged_paragraph_are_parted(rng):
    said = meanings(rng, 8)
    texts = [text_of(rng, "it", said, [4, 4]), text_of(rng, "ko", said, [2, 2, 2, 2])]
    assert [row.nodes for row in align_texts(texts, LIKENESS, "sentence")] == [
        ((0, k), (1, k)) for k in range(8)
    ]
    assert len(align_texts(texts, LIKENESS)) == 2


@pytest.mark.parametrize("seed", range(6))
def test_the_band_finds_what_the_full_search_finds(seed, monkeypatch):
    rng = np.random.default_rng(seed)
    said = meanings(rng, 400)
    gap = int(rng.integers(50, 300))
    left = text_of(rng, "it", said, [1] * 400)
    kept = np.delete(said, np.arange(gap, gap + 60), axis=0)  # a chapter is missing on the right
    right = text_of(rng, "ko", kept, [1] * len(kept))
    band, found, *_ = search(left, right, LIKENESS, Prior())
    assert band.cells < 0.7 * 401 * (len(kept) + 1)
    monkeypatch.setattr(coarse, "SHORT", 10**6)
    everything, exact, *_ = search(left, right, LIKENESS, Prior())
    sure = exact.link > 0.5
    lines, columns = everything.lines()[sure], everything.columns()[sure]
    assert len(lines) >= 330
    inside = (band.low[lines] <= columns) & (columns < band.high[lines])
    assert inside.all()
    cells = band.start[lines] + columns - band.low[lines]
    np.testing.assert_allclose(found.link[cells], exact.link[sure], atol=0.02)


@pytest.mark.parametrize("missing", [30, 150, 1500])
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("place", [0, 50, 100])
def test_a_long_omission_is_stepped_over(missing, side, place):
    rng = np.random.default_rng(1)
    said = meanings(rng, 100)
    longer = np.concatenate([said[:place], meanings(rng, missing), said[place:]])
    texts = [text_of(rng, "it", said, [1] * 100), text_of(rng, "pl", longer, [1] * len(longer))]
    kept = [k if k < place else k + missing for k in range(100)]
    expected = {((0, k), (1, there)) for k, there in enumerate(kept)}
    if side:
        texts = [text_of(rng, "it", longer, [1] * len(longer)), text_of(rng, "pl", said, [1] * 100)]
        expected = {((0, there), (1, k)) for k, there in enumerate(kept)}
    assert len(expected & set(rows_of(*texts))) >= 98


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 700), st.integers(1, 700), st.integers(0, 10**6))
def test_texts_of_any_lengths_can_be_searched(n, m, seed):
    rng = np.random.default_rng(seed)
    said = meanings(rng, max(n, m), dimension=16)
    start = int(rng.integers(0, max(n, m) - min(n, m) + 1))
    shorter = said[start : start + min(n, m)]
    left, right = (said, shorter) if n > m else (shorter, said)
    texts = [text_of(rng, x, part, [1] * len(part)) for x, part in (("it", left), ("pl", right))]
    band, found, *_ = search(*texts, LIKENESS, Prior())
    assert np.isfinite(found.log_odds)
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[1:] < band.high[:-1]).all()
    rows = sorted(node for row in align_texts(texts, LIKENESS) for node in row.nodes)
    assert rows == [(k, p) for k, text in enumerate(texts) for p in range(text.paragraphs)]


def test_memory_is_bounded_where_long_texts_have_nothing_in_common(rng, monkeypatch):
    monkeypatch.setattr(coarse, "WIDE", 100)
    texts = [text_of(rng, x, meanings(rng, n), [1] * n) for x, n in (("it", 1500), ("pl", 1200))]
    band, found, *_ = search(*texts, LIKENESS, Prior())
    assert band.cells < 1500 * (100 + 2 * coarse.RADIUS + coarse.FACTOR) * 1.5
    assert found.alone_left.mean() > 0.85  # all sentences are of one length, which speaks for links


def test_the_band_still_finds_what_follows_a_long_stretch_without_counterparts(rng, monkeypatch):
    monkeypatch.setattr(coarse, "WIDE", 100)
    first, last = meanings(rng, 150), meanings(rng, 150)
    left = text_of(rng, "it", np.concatenate([first, meanings(rng, 400), last]), [1] * 700)
    right = text_of(rng, "pl", np.concatenate([first, meanings(rng, 300), last]), [1] * 600)
    found = search(left, right, LIKENESS, Prior()).posterior
    assert found.alone_left[:140].mean() < 0.1
    assert found.alone_left[-140:].mean() < 0.1
    assert found.alone_left[160:540].mean() > 0.9


def test_a_band_holds_the_same_products_as_the_whole_plane(rng):
    left, right = meanings(rng, 150), meanings(rng, 140)
    low = np.clip(np.arange(151) - 20, 0, 100)
    band = Band.of(low, np.minimum(low + 50, 141))
    whole = inner_products(left, right, Band.full(150, 140)).reshape(151, 141)
    np.testing.assert_allclose(
        inner_products(left, right, band), whole[band.lines(), band.columns()], rtol=1e-4, atol=1e-4
    )


@pytest.fixture
def compiling(monkeypatch, tmp_path):
    """The decorators without numba, where only temporary folders can be written to, and what was asked."""
    from pipeline.alignment import compiled

    asked = []

    def njit(**options):
        asked.append(compiled.config.CACHE_DIR if options.get("cache") else None)
        return lambda function: function

    package = tmp_path / "pipeline" / "alignment"
    package.mkdir(parents=True)
    (package / "__pycache__").write_text("no folder")
    monkeypatch.setattr(compiled, "njit", njit)
    monkeypatch.setattr(compiled, "__file__", str(package / "compiled.py"))
    monkeypatch.setattr(compiled.config, "CACHE_DIR", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(package / "__pycache__"))
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    compiled._folder.cache_clear()
    yield compiled, package, shared, asked
    compiled._folder.cache_clear()


def test_code_that_cannot_be_kept_beside_its_module_is_kept_in_a_folder_of_the_user(compiling):
    compiled, _, shared, asked = compiling
    assert compiled.compiled(max) is max
    (folder,) = shared.iterdir()
    assert [Path(place).parent for place in asked] == [folder]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert compiled.config.CACHE_DIR == ""  # other users of numba keep their folder


@pytest.mark.parametrize("planted", ["link", "open"])
def test_code_is_not_kept_where_another_user_may_have_put_it(compiling, tmp_path, planted):
    compiled, _, shared, asked = compiling
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    place = shared / f"synoptic-compiled-{os.getuid()}"
    if planted == "link":
        place.symlink_to(elsewhere)
    else:
        place.mkdir()
        place.chmod(0o777)
    assert compiled.compiled(max) is max
    assert asked == [None]
    assert list(elsewhere.iterdir()) == []


def test_code_compiled_from_other_sources_is_not_used(compiling):
    compiled, package, _, asked = compiling
    (package / "__pycache__").unlink()
    (package / "terms.py").write_text("LIMIT = 1\n")
    compiled.compiled(max)
    compiled._folder.cache_clear()
    (package / "terms.py").write_text("LIMIT = 2\n")
    compiled.compiled(max)
    assert len(set(asked)) == 2
    assert [str(kept) for kept in (package / "__pycache__").iterdir()] == asked[1:]
