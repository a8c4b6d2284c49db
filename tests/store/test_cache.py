"""The cache returns what was stored, and detects damage."""

import contextlib
import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment.align import AlignedRow
from pipeline.alignment.joint import Tie
from pipeline.datatypes import Article, Change, Paragraph
from pipeline.embedding.codecs import (
    checked_article_vector,
    decode_article_vectors,
    decode_text,
    decode_vector,
    encode_article_vector,
    encode_text,
    encode_vector,
)
from pipeline.embedding.surface import Surface
from pipeline.embedding.vectors import ArticleVector, Text
from pipeline.store.cache import Cache, clear, key_of, keys_after, remove_leftovers, usage
from pipeline.store.codecs import decode, encode, reader_of
from pipeline.store.packs import Damaged, read_entry, write_pack

KEYS = [key_of(str(k)) for k in range(4)]


@pytest.fixture
def packed(tmp_path):
    """A folder with a pack of four values."""
    write_pack(tmp_path, "files", [(key, bytes([k]) * 1000 * k) for k, key in enumerate(KEYS)])
    return tmp_path


def test_values_come_back(packed):
    cache = Cache(packed)
    assert [cache.read(key, bytes) for key in KEYS] == [bytes([k]) * 1000 * k for k in range(4)]
    assert cache.find(key_of("other")) is None
    assert cache.damaged == []


@given(st.data())
def test_any_changed_byte_is_noticed(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("cache")
    [place, _] = write_pack(folder, "files", [(KEYS[0], b"value of the first"), (KEYS[1], b"second")])
    path = folder / place.pack
    content = bytearray(path.read_bytes())
    spot = data.draw(st.integers(0, len(content) - 1))
    content[spot] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    cache, found = Cache(folder), []
    for key, value in ((KEYS[0], b"value of the first"), (KEYS[1], b"second")):
        with contextlib.suppress(Damaged):
            found += [cache.read(key, bytes) == value] if cache.find(key) else []
    assert all(found)
    assert len(found) == 2 if spot < 8 else len(found) < 2  # nobody reads the first magic number


@pytest.mark.parametrize("end", [0, 7, 40, 500, -1])
def test_a_pack_that_is_cut_off_is_left_out(packed, end):
    [path] = packed.glob("*.pack")
    path.write_bytes(path.read_bytes()[:end])
    cache = Cache(packed)
    assert [cache.find(key) for key in KEYS] == [None] * 4
    assert [damaged.pack for damaged in cache.damaged] == [path.name]


def test_a_value_of_another_kind_is_damage(packed):
    cache = Cache(packed)
    with pytest.raises(Damaged, match="invalid value"):
        cache.read(KEYS[2], reader_of(Article))


def test_a_foreign_file_is_no_pack(tmp_path):
    (tmp_path / "files-0.pack").write_bytes(os.urandom(5000))
    assert usage(tmp_path).damaged == 1
    assert [damaged.pack for damaged in Cache(tmp_path).damaged] == ["files-0.pack"]


def test_what_is_dropped_is_made_again(packed):
    cache = Cache(packed)
    cache.drop(Damaged(cache.find(KEYS[0]).pack, "is damaged"))
    assert cache.find(KEYS[1]) is None
    cache.add(write_pack(packed, "files", [(KEYS[1], b"again")]))
    assert cache.read(KEYS[1], bytes) == b"again"


def test_the_longest_unused_goes_first(tmp_path):
    for k, key in enumerate(KEYS):
        [place] = write_pack(tmp_path, "rows", [(key, bytes(1000))])
        os.utime(tmp_path / place.pack, (k, k))
    cache = Cache(tmp_path)
    cache.find(KEYS[0])
    cache.trim(3000)
    left = Cache(tmp_path)
    assert [left.find(key) is not None for key in KEYS] == [True, False, False, True]
    cache.trim(10**9)
    assert usage(tmp_path).packs == 2


def test_vectors_go_before_what_was_made_of_them(tmp_path):
    write_pack(tmp_path, "rows", [(KEYS[0], bytes(1000))])
    write_pack(tmp_path, "vectors", [(KEYS[1], bytes(1000))])
    cache = Cache(tmp_path)
    assert all(cache.find(key) for key in KEYS[:2])
    cache.trim(1500)
    assert usage(tmp_path).entries == {"rows": 1}


def test_clear_and_leavings(packed):
    (packed / f"files-1.pack-{'0' * 32}.tmp").write_bytes(b"half")
    (packed / "scratch-a1b2c3d4").mkdir()
    (packed / "lock").write_text("")
    (packed / "notes.tmp").write_text("not of a run")
    remove_leftovers(packed)
    assert usage(packed).entries == {"files": 4}
    assert clear(packed) > 6000
    assert {path.name for path in packed.iterdir()} == {"lock", "notes.tmp"}
    assert usage(packed / "none").packs == 0


def test_no_two_lists_of_parts_have_one_key():
    assert len({key_of("a", "b"), key_of("ab"), key_of("a", "b", ""), key_of("", "ab"), key_of("1:a")}) == 5


TEXTS = st.text(max_size=30)
NUMBERS = st.integers(0, 10**6)
ARTICLES = st.builds(
    Article,
    TEXTS,
    TEXTS,
    st.floats(0, 1),
    st.lists(
        st.builds(Paragraph, NUMBERS, TEXTS, TEXTS, st.lists(st.tuples(NUMBERS, NUMBERS)).map(tuple), TEXTS),
        max_size=3,
    ).map(tuple),
    st.lists(
        st.builds(
            lambda *parts: Change(*parts),
            TEXTS,
            NUMBERS,
            st.text(st.characters(categories=["Cs", "L"])),
            TEXTS,
        ),
        max_size=3,
    ).map(tuple),
    TEXTS,
)


@given(ARTICLES)
def test_articles_come_back_half_surrogates_and_all(article):
    assert decode(encode(article), Article) == article


def test_rows_come_back():
    rows = [
        AlignedRow(((0, 1), (1, 2)), 0.5, Tie(0.25, (0, 1), (1, 3)), True),
        AlignedRow(((1, 0),), 1.0),
    ]
    assert decode(encode(rows), list[AlignedRow]) == rows


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x01", b"\x00\x90\x90", b"\x02abc", encode({"file": 3})])
def test_other_bytes_are_no_article(data):
    with pytest.raises(ValueError, match=r"\w"):
        decode(data, Article)


def test_vectors_come_back():
    rng = np.random.default_rng(3)
    text = Text(
        "ko",
        rng.normal(size=(5, 7)).astype(np.float32),
        np.arange(1, 6, dtype=np.float32),
        np.array([0, 0, 1, 3, 3]),
        np.array([True, False, True, True, False]),
        4,
        Surface(
            np.linspace(1, 9, 5).astype(np.float32),
            np.array([7, 2**64 - 1, 0, 7, 1], dtype=np.uint64),
            np.array([0, 0, 6, 1, 1], dtype=np.uint8),
        ),
    )
    back = decode_text(b"".join(encode_text(text)), "ko")
    for name in ("sums", "lengths", "paragraph", "closed"):
        np.testing.assert_array_equal(getattr(back, name), getattr(text, name))
        assert getattr(back, name).dtype == getattr(text, name).dtype
    for one, two in zip(back.surface, text.surface, strict=True):
        np.testing.assert_array_equal(one, two)
        assert one.dtype == two.dtype
    assert (back.language, back.paragraphs) == ("ko", 4)
    for wrong in (b"", b"".join(encode_text(text))[:-1]):
        with pytest.raises(ValueError, match="text"):
            decode_text(wrong, "ko")


def test_article_vectors_come_back_in_columns():
    rng = np.random.default_rng(3)
    one, two = (
        ArticleVector(code, *rng.normal(size=(2, 7)).astype(np.float32), 15.0 + n, n)
        for n, code in enumerate(("it", "ko"))
    )
    data = [encode_article_vector(one), encode_article_vector(two)]
    assert list(map(checked_article_vector, data)) == data
    article_vectors = decode_article_vectors(data, ["it", "ko"])
    np.testing.assert_array_equal(article_vectors.totals, [one.total, two.total])
    assert article_vectors.characters.tolist() == [15.0, 16.0]
    assert article_vectors.sentences.tolist() == [0, 1]
    assert article_vectors.languages == ["it", "ko"]
    np.testing.assert_array_equal(decode_vector(encode_vector(one.plain)), one.plain)
    for wrong in (b"", data[0][:-1], data[0] + b"1"):
        with pytest.raises(ValueError, match="article vector"):
            checked_article_vector(wrong)
    assert decode_article_vectors([], []).totals.shape == (0, 0)


def test_a_pack_that_has_gone_is_damage(packed):
    place = Cache(packed).find(KEYS[2])
    (packed / place.pack).unlink()
    with pytest.raises(Damaged):
        read_entry(packed, place, bytes)


def test_many_values_are_read_as_one_by_one(tmp_path):
    sizes = [1000, 0, 8, 9, 500, 3, 2000, 10]
    keys = [key_of("many", k) for k in range(len(sizes))]
    values = [bytes([k]) * size for k, size in enumerate(sizes)]
    for start in (0, 4):
        write_pack(tmp_path, "files", list(zip(keys, values, strict=True))[start : start + 4])
    cache = Cache(tmp_path)
    for order in (keys, keys[::-1], keys[::2] * 2, []):
        assert list(cache.read_all(order, bytes)) == [values[keys.index(key)] for key in order]


def test_damage_among_many_values_is_noticed(packed):
    [path] = packed.glob("*.pack")
    content = bytearray(path.read_bytes())
    content[8 + 1500] ^= 1
    path.write_bytes(content)
    read = Cache(packed).read_all(KEYS, bytes)
    assert [next(read), next(read)] == [b"", bytes([1]) * 1000]
    with pytest.raises(Damaged, match="checksum"):
        next(read)


def test_a_note_is_replaced_and_damage_is_reported(tmp_path):
    cache = Cache(tmp_path)
    assert cache.note("last", bytes) is None
    for words in (b"one", b"and two"):
        cache.set_note("last", words)
        assert Cache(tmp_path).note("last", bytes) == words
    path = tmp_path / "last.note"
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.note("last", bytes) is None
    assert [damaged.pack for damaged in cache.damaged] == ["last.note"]
    clear(tmp_path)
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.binary(max_size=3)), st.lists(st.binary(max_size=3)))
def test_a_key_in_two_steps_is_that_in_one(first, second):
    assert keys_after(*first)(*second) == key_of(*first, *second)


def test_packs_of_other_code_are_left_alone(tmp_path):
    write_pack(tmp_path, "files-old", [(KEYS[0], b"value of the old")])
    write_pack(tmp_path, "files-new", [(KEYS[1], b"value of the new")])
    (tmp_path / "files-old-0.pack").write_bytes(b"damaged")
    cache = Cache(tmp_path, "new")
    assert [cache.find(key) is not None for key in KEYS[:2]] == [False, True]
    assert cache.damaged == []
    cache.add(write_pack(tmp_path, "rows-new", [(KEYS[2], b"something else")]))
    assert cache.made == {"rows": 1}
    cache.trim(150)
    assert {path.name.split("-")[1] for path in tmp_path.iterdir()} == {"new"}
    assert usage(tmp_path).entries == {"rows": 1}
