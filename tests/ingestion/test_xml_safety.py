"""Untrusted XML in raw files and bitexts gets no external access, no entity expansion, no execution."""

import io
import time
import zipfile

import pytest

from pipeline.bitexts import read_bitext
from pipeline.errors import InputError
from pipeline.ingestion.formats import docx
from pipeline.ingestion.formats.reading import Reading, Unusable
from pipeline.ingestion.formats.xmltree import parse_xml

SECRET = "the words of another file"


def laughs(levels=12):
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE tmx [<!ENTITY l0 "ha">{entities}]>', f"&l{levels - 1};"


def tmx(doctype="", text="", attribute="", inside=""):
    return (
        f'<?xml version="1.0"?>{doctype}<tmx version="1.4"{attribute}><header srclang="it"/><body>'
        f'<tu><tuv xml:lang="it"><seg>Uno {text}</seg></tuv><tuv xml:lang="pl"><seg>Jeden</seg></tuv>'
        f"{inside}</tu></body></tmx>"
    )


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path.as_uri()


@pytest.fixture(params=["bitext", "raw", "lenient"])
def read(request, tmp_path):
    """Read a TMX document both as a bitext and as a raw file; return everything that was read."""

    def as_bitext(text):
        path = tmp_path / "a.tmx"
        path.write_text(text, encoding="utf-8")
        return str(read_bitext(path))

    def as_raw(text):
        root, _ = parse_xml(text.encode(), lenient=request.param == "lenient")
        return "".join(root.itertext()) + str([dict(element.attrib) for element in root.iter()])

    return as_bitext if request.param == "bitext" else as_raw


def outcome(read, text):
    try:
        return read(text)
    except (InputError, Unusable) as error:
        return str(error)


def test_a_sound_document_is_read(read):
    assert "Uno però" in read(tmx('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', "però"))


DOCTYPE, LAUGH = laughs()


@pytest.mark.parametrize(
    "text",
    [
        tmx(DOCTYPE, LAUGH),
        tmx(DOCTYPE, "", f' o="{LAUGH}"'),
        tmx(f'<!DOCTYPE tmx [<!ENTITY a "{"a" * 50_000}">]>', "&a;" * 50_000),
        tmx(f'<!DOCTYPE tmx [<!ENTITY a "{"a" * 50_000}">]>', "", f' o="{"&a;" * 50_000}"'),
        tmx('<!DOCTYPE tmx [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
        tmx("<!DOCTYPE tmx [<!ENTITY % p \"<!ENTITY a 'ha'>\"> %p;]>", "&a;"),
        tmx('<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'),
    ],
    ids=["laughs", "laughing attribute", "long", "long attribute", "circle", "parameter", "outer parameter"],
)
def test_entities_of_its_own_are_refused_at_once(read, text):
    began = time.process_time()
    with pytest.raises((InputError, Unusable)) as caught:
        read(text)
    assert time.process_time() - began < 2
    assert "\n" not in str(caught.value)


def test_an_outer_entity_is_refused_and_not_read(read, secret):
    for declared in (f'<!ENTITY x SYSTEM "{secret}">', f'<!ENTITY % x SYSTEM "{secret}"> %x;'):
        with pytest.raises((InputError, Unusable)) as caught:
            read(tmx(f"<!DOCTYPE tmx [{declared}]>", "&x;"))
        assert SECRET not in str(caught.value)


def test_an_outer_dtd_is_not_read(read, tmp_path):
    dtd = tmp_path / "outer.dtd"
    dtd.write_text(f'<!ENTITY x "{SECRET}"><!ATTLIST tmx o CDATA "{SECRET}">')
    doctype = f'<!DOCTYPE tmx SYSTEM "{dtd.as_uri()}">'
    assert SECRET not in read(tmx(doctype))
    assert SECRET not in outcome(read, tmx(doctype, "&x;"))


def test_an_include_is_not_run(read, secret):
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
    assert SECRET not in read(tmx("", include))


def test_a_stylesheet_is_not_run(read, secret):
    style = f'<?xml-stylesheet href="{secret}"?>'
    assert SECRET not in read(style + tmx().removeprefix('<?xml version="1.0"?>'))


@pytest.mark.parametrize("depth", [1_000, 1_000_000])
def test_depth_has_an_end(read, depth):
    assert "deep" not in outcome(read, tmx("", "<hi>" * depth + "deep" + "</hi>" * depth))


def test_an_entity_without_declaration_is_not_lost(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text(tmx('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', "per&ograve;"))
    with pytest.raises(InputError, match="the undefined entity &ograve;"):
        read_bitext(path)


def test_an_archive_is_no_way_around():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", tmx(DOCTYPE, LAUGH))
    with pytest.raises(Unusable, match="entities of its own"):
        list(docx.items(data.getvalue(), Reading(1 << 20, {}, frozenset())))
