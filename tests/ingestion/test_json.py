"""JSON as publishing systems export it: each entry is an article, with its blocks in order."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingestion.formats import json as json_format
from pipeline.ingestion.formats import jsonl
from pipeline.ingestion.formats.reading import Reading, Unusable
from pipeline.ingestion.formats.richtext import blocks_of

TITLE, HEAD = "Riapre la biblioteca", "I lavori"
ONE = "La biblioteca riapre lunedì dopo i lavori al tetto. Gli orari restano gli stessi."
TWO = "Chi ha libri in prestito può restituirli entro la fine del mese."
PL_TITLE, PL = (
    "Biblioteka znów otwarta",
    "W poniedziałek otwarto bibliotekę po remoncie dachu. Godziny zostają te same.",
)
KO_TITLE, KO = "도서관 다시 열어", "지붕 공사를 마친 도서관이 월요일에 다시 문을 연다. 시간은 그대로다."
QUOTED, CODE, CAPTION, ITEMS = "Era ora.", "apri()  # piano", "La sala grande", ["Sala uno", "Sala due"]
FULL = [
    ("title", TITLE),
    ("paragraph", ONE),
    ("heading", HEAD),
    *(("list-item", item) for item in ITEMS),
    ("quote", QUOTED),
    ("code", CODE),
    ("paragraph", TWO),
]


def read(value, **fields):
    return list(json_format.items(json.dumps(value).encode(), Reading(fields=fields)))


def shape(item):
    assert not item.reason, item.reason
    if item.format == "blocks":
        return [tuple(block) for block in item.blocks]
    return [part for part in re.split(r"\n\n|(?<=</h1>)\n", re.sub(r"</?p>", "", item.text)) if part]


def span(text, **more):
    return {"type": "text", "text": text, **more}


def prosemirror():
    def p(text, kind="paragraph", **more):
        return {"type": kind, "content": [span(text[:5], marks=[{"type": "bold"}]), span(text[5:])], **more}

    return {
        "type": "doc",
        "content": [
            p(ONE),
            p(HEAD, "heading", attrs={"level": 2}),
            {"type": "bulletList", "content": [{"type": "listItem", "content": [p(item)]} for item in ITEMS]},
            {"type": "blockquote", "content": [p(QUOTED)]},
            p(CODE, "codeBlock", attrs={"language": "python"}),
            {"type": "horizontalRule"},
            p(TWO),
        ],
    }


def slate():
    def p(text, kind="paragraph", **more):
        return {"type": kind, "children": [{"text": text[:9]}, {"text": text[9:], "bold": True}], **more}

    return [
        p(ONE),
        p(HEAD, "heading-two"),
        {"type": "bulleted-list", "children": [p(item, "list-item") for item in ITEMS]},
        p(QUOTED, "block-quote"),
        p(CODE, "code_block"),
        p(TWO),
    ]


def strapi():
    def p(text, kind="paragraph", **more):
        return {"type": kind, "children": [span(text)], **more}

    link = {"type": "link", "url": "https://example.org", "children": [span(TWO[:10])]}
    return [
        p(ONE),
        p(HEAD, "heading", level=2),
        {"type": "list", "format": "unordered", "children": [p(item, "list-item") for item in ITEMS]},
        p(QUOTED, "quote"),
        p(CODE, "code"),
        {"type": "paragraph", "children": [span(""), link, span(TWO[10:])]},
    ]


def contentful():
    def p(text, kind="paragraph"):
        return {
            "nodeType": kind,
            "data": {},
            "content": [{"nodeType": "text", "value": text, "marks": [], "data": {}}],
        }

    return {
        "nodeType": "document",
        "data": {},
        "content": [
            p(ONE),
            p(HEAD, "heading-2"),
            {
                "nodeType": "unordered-list",
                "data": {},
                "content": [{"nodeType": "list-item", "data": {}, "content": [p(item)]} for item in ITEMS],
            },
            {"nodeType": "blockquote", "data": {}, "content": [p(QUOTED)]},
            p(CODE, "code"),
            p(TWO),
        ],
    }


def sanity():
    def p(text, style="normal", **more):
        return {
            "_type": "block",
            "_key": "a",
            "style": style,
            "markDefs": [],
            "children": [{"_type": "span", "_key": "b", "text": text, "marks": []}],
            **more,
        }

    return [
        p(ONE),
        p(HEAD, "h2"),
        *(p(item, listItem="bullet", level=1) for item in ITEMS),
        p(QUOTED, "blockquote"),
        {"_type": "code", "language": "sh", "code": CODE},
        p(TWO),
    ]


def editorjs():
    def p(kind, **data):
        return {"id": "x", "type": kind, "data": data}

    return {
        "time": 1700000000,
        "version": "2.29",
        "blocks": [
            p("paragraph", text=ONE.replace("lunedì", "<b>luned&igrave;</b>")),
            p("header", text=HEAD, level=2),
            p("list", style="unordered", items=ITEMS),
            p("quote", text=QUOTED, caption="", alignment="left"),
            p("code", code=CODE),
            p("delimiter"),
            p("paragraph", text=TWO),
        ],
    }


def lexical():
    def p(text, kind="paragraph", **more):
        return {"type": kind, "version": 1, "children": [{"type": "text", "text": text, "format": 0}], **more}

    return {
        "root": {
            "type": "root",
            "children": [
                p(ONE),
                p(HEAD, "heading", tag="h2"),
                {"type": "list", "tag": "ul", "children": [p(item, "listitem", value=1) for item in ITEMS]},
                p(QUOTED, "quote"),
                p(CODE, "code"),
                p(TWO),
            ],
        }
    }


def draftjs():
    def p(text, kind="unstyled"):
        return {
            "key": "a",
            "text": text,
            "type": kind,
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": [],
        }

    return {
        "entityMap": {},
        "blocks": [
            p(ONE),
            p(HEAD, "header-two"),
            *(p(item, "unordered-list-item") for item in ITEMS),
            p(QUOTED, "blockquote"),
            p(CODE, "code-block"),
            p(TWO),
        ],
    }


def quill():
    lines = [
        (ONE, {}),
        (HEAD, {"header": 2}),
        *((item, {"list": "bullet"}) for item in ITEMS),
        (QUOTED, {"blockquote": True}),
        (CODE, {"code-block": True}),
        (TWO, {}),
    ]
    parts = []
    for text, attributes in lines:
        parts += [
            {"insert": text[:4], "attributes": {"bold": True}},
            {"insert": text[4:]},
            {"insert": "\n", "attributes": attributes},
        ]
    return {"ops": parts}


def notion():
    def p(kind, text):
        rich = [
            {"type": "text", "text": {"content": part}, "plain_text": part} for part in (text[:6], text[6:])
        ]
        return {
            "object": "block",
            "id": "1",
            "type": kind,
            "has_children": False,
            kind: {"rich_text": rich, "color": "default"},
        }

    return [
        p("paragraph", ONE),
        p("heading_2", HEAD),
        *(p("bulleted_list_item", item) for item in ITEMS),
        p("quote", QUOTED),
        p("code", CODE),
        {"object": "block", "type": "divider", "divider": {}},
        p("paragraph", TWO),
    ]


def medium():
    def p(kind, text):
        return {"name": "ab12", "type": kind, "text": text, "markups": []}

    return {
        "bodyModel": {
            "paragraphs": [
                p(1, ONE),
                p(3, HEAD),
                *(p(9, item) for item in ITEMS),
                p(6, QUOTED),
                p(8, CODE),
                p(1, TWO),
            ],
            "sections": [{"startIndex": 0}],
        }
    }


def prismic():
    def p(kind, text):
        return {"type": kind, "text": text, "spans": [], "direction": "ltr"}

    return [
        p("paragraph", ONE),
        p("heading2", HEAD),
        *(p("list-item", item) for item in ITEMS),
        p("block-quote", QUOTED),
        p("preformatted", CODE),
        p("paragraph", TWO),
    ]


def dato():
    def p(kind, text):
        return {"type": kind, "children": [{"type": "span", "value": text}]}

    return {
        "value": {
            "schema": "dast",
            "document": {
                "type": "root",
                "children": [
                    p("paragraph", ONE),
                    {**p("heading", HEAD), "level": 2},
                    {
                        "type": "list",
                        "style": "bulleted",
                        "children": [
                            {"type": "listItem", "children": [p("paragraph", item)]} for item in ITEMS
                        ],
                    },
                    {"type": "blockquote", "children": [p("paragraph", QUOTED)]},
                    {"type": "code", "code": CODE},
                    p("paragraph", TWO),
                ],
            },
        }
    }


EDITORS = [
    prosemirror,
    slate,
    strapi,
    contentful,
    sanity,
    editorjs,
    lexical,
    draftjs,
    quill,
    notion,
    medium,
    prismic,
    dato,
]


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("field", ["content", "body"])
def test_every_editor_gives_the_same_blocks(editor, field):
    (item,) = read(
        {"id": 7, "title": TITLE, "author": {"name": "Ada"}, field: editor(), "tags": [{"name": "Libri"}]}
    )
    assert shape(item) == FULL
    assert (item.address, item.metadata.title, item.metadata.author, item.metadata.id) == (
        "",
        TITLE,
        "Ada",
        "7",
    )


@pytest.mark.parametrize("editor", EDITORS)
def test_without_a_title_the_first_heading_is_it(editor):
    (item,) = read({"posts": [{"id": 1, "content": editor()}]})
    assert [block[1] for block in shape(item)] == [text for _, text in FULL[1:]]


@pytest.mark.parametrize("editor", EDITORS)
def test_a_tree_of_blocks_alone_is_an_article(editor):
    (item,) = read(editor())
    assert shape(item) == FULL[1:]


def test_rich_text_stored_as_a_string_of_json():
    (item,) = read([{"title": TITLE, "content": json.dumps(lexical())}])
    assert shape(item) == FULL


HTML = f"<p>{ONE}</p><p>{TWO}</p>"
ENTRY = {"id": 1, "title": TITLE, "content": HTML}
OTHER = {"id": 2, "title": PL_TITLE, "content": f"<p>{PL}</p>"}


@pytest.mark.parametrize(
    "value",
    [
        [ENTRY, OTHER],
        {
            "data": [
                {"id": 1, "attributes": {k: v for k, v in e.items() if k != "id"}} for e in (ENTRY, OTHER)
            ],
            "meta": {},
        },
        {"data": {"allPosts": {"edges": [{"node": e} for e in (ENTRY, OTHER)]}}},
        {"data": {"posts": {"nodes": [ENTRY, OTHER], "pageInfo": {"hasNextPage": False}}}},
        {
            "db": [
                {
                    "meta": {"version": "5"},
                    "data": {
                        "posts": [
                            {"id": e["id"], "title": e["title"], "html": e["content"]} for e in (ENTRY, OTHER)
                        ],
                        "tags": [
                            {
                                "id": n,
                                "name": f"tag {n}",
                                "description": "Tutte le notizie su questo tema qui",
                            }
                            for n in range(5)
                        ],
                        "users": [{"id": 1, "name": "Ada", "bio": "Scrive di libri."}],
                    },
                }
            ]
        },
        {
            "jsonapi": {"version": "1.0"},
            "data": [
                {
                    "type": "node--article",
                    "id": "u",
                    "attributes": {
                        "title": e["title"],
                        "langcode": "it",
                        "body": {"value": e["content"], "format": "html", "summary": ""},
                    },
                }
                for e in (ENTRY, OTHER)
            ],
            "included": [{"type": "taxonomy", "attributes": {"name": "Libri"}}],
        },
        [
            {
                "id": e["id"],
                "title": {"rendered": e["title"]},
                "content": {"rendered": e["content"], "protected": False},
                "excerpt": {"rendered": "<p>…</p>"},
            }
            for e in (ENTRY, OTHER)
        ],
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Notizie",
            "description": "Le notizie della città di oggi",
            "items": [{"id": "1", "title": e["title"], "content_html": e["content"]} for e in (ENTRY, OTHER)],
        },
        {
            "sys": {"type": "Array"},
            "items": [
                {"sys": {"id": "a"}, "fields": {"title": e["title"], "body": e["content"]}}
                for e in (ENTRY, OTHER)
            ],
        },
        {
            "response": {
                "results": [
                    {"webTitle": "x", "fields": {"headline": e["title"], "body": e["content"]}}
                    for e in (ENTRY, OTHER)
                ]
            }
        },
    ],
    ids=["list", "strapi", "edges", "nodes", "ghost", "drupal", "wordpress", "feed", "contentful", "fields"],
)
def test_entries_are_found_wherever_the_system_puts_them(value):
    one, two = read(value)
    assert (one.address, two.address) == ("1", "2")
    assert shape(one)[-2:] == [ONE + TWO] or ONE in one.text
    assert one.metadata.title == TITLE
    assert TWO in one.text
    assert PL in two.text


def test_sections_with_headings_are_one_article():
    (item,) = read(
        {"title": TITLE, "sections": [{"heading": HEAD, "text": ONE}, {"heading": "Orari", "text": TWO}]}
    )
    assert shape(item) == [
        ("title", TITLE),
        ("heading", HEAD),
        ("paragraph", ONE),
        ("heading", "Orari"),
        ("paragraph", TWO),
    ]


def test_paragraphs_without_names_are_paragraphs():
    (item,) = read({"title": TITLE, "paragraphs": [{"text": ONE}, {"text": TWO}]})
    assert shape(item) == [("title", TITLE), ("paragraph", ONE), ("paragraph", TWO)]


def test_a_zone_of_components():
    (item,) = read(
        {
            "title": TITLE,
            "blocks": [
                {"__component": "shared.rich-text", "body": ONE},
                {"__component": "shared.quote", "title": "Ada", "quote": QUOTED},
                {"__component": "shared.media", "caption": CAPTION},
            ],
        }
    )
    assert ("paragraph", ONE) in shape(item)
    assert ("quote", QUOTED) in shape(item)
    assert ("caption", CAPTION) in shape(item)


def test_articles_with_their_own_titles_are_no_sections():
    found = read(
        {"title": "Notizie", "articles": [{"title": TITLE, "text": ONE}, {"title": PL_TITLE, "text": PL}]}
    )
    assert [item.metadata.title for item in found] == [TITLE, PL_TITLE]


@pytest.mark.parametrize(
    "value",
    [
        {"title": {"it": TITLE, "pl": PL_TITLE, "ko": KO_TITLE}, "body": {"it": ONE, "pl": PL, "ko": KO}},
        {
            "fields": {
                "title": {"it": TITLE, "pl": PL_TITLE, "ko": KO_TITLE},
                "body": {"it": ONE, "pl": PL, "ko": KO},
            }
        },
        {
            "title_it": TITLE,
            "title_pl": PL_TITLE,
            "title_ko": KO_TITLE,
            "body_it": ONE,
            "body_pl": PL,
            "body_ko": KO,
        },
        {
            "it": {"title": TITLE, "text": ONE},
            "pl": {"title": PL_TITLE, "text": PL},
            "ko": {"title": KO_TITLE, "text": KO},
        },
        {
            "it": {"title": TITLE, "content": [{"type": "paragraph", "content": [span(ONE)]}]},
            "pl": {"title": PL_TITLE, "content": [{"type": "paragraph", "content": [span(PL)]}]},
            "ko": {"title": KO_TITLE, "content": [{"type": "paragraph", "content": [span(KO)]}]},
        },
    ],
    ids=["maps", "fields", "suffixes", "keys", "keys with blocks"],
)
def test_an_article_in_several_languages_is_an_article_in_each(value):
    found = read(value)
    assert [(item.address, item.metadata.language, item.metadata.title) for item in found] == [
        ("it", "it", TITLE),
        ("pl", "pl", PL_TITLE),
        ("ko", "ko", KO_TITLE),
    ]
    for item, text in zip(found, (ONE, PL, KO), strict=True):
        assert text in (item.text or item.blocks[-1].text)


def test_entries_in_several_languages_are_numbered_and_named():
    entry = {"title": {"it": TITLE, "pl": PL_TITLE}, "body": {"it": ONE, "pl": PL}}
    assert [item.address for item in read({"items": [entry, entry]})] == ["1.it", "1.pl", "2.it", "2.pl"]


def test_translations_in_a_list_of_their_own():
    found = read(
        {
            "data": [
                {
                    "id": 1,
                    "status": "published",
                    "translations": [
                        {"languages_code": "it-IT", "title": TITLE, "content": ONE},
                        {"languages_code": "pl-PL", "title": PL_TITLE, "content": PL},
                    ],
                }
            ]
        }
    )
    assert [(item.metadata.title, item.metadata.language) for item in found] == [
        (TITLE, "it-IT"),
        (PL_TITLE, "pl-PL"),
    ]


@pytest.mark.parametrize(
    "value",
    [
        {
            "name": "site",
            "version": "1.0.0",
            "description": "A small tool that makes sites",
            "scripts": {"build": "vite build"},
        },
        {"compilerOptions": {"target": "es2020"}, "include": ["src"]},
        {"theme": {"text": "#333333", "body": "Arial"}, "title": ""},
        {"users": [{"id": 1, "name": "Ada"}, {"id": 2, "name": "Ewa"}]},
        {"tags": [{"name": "libri", "slug": "libri"}]},
        {"a": 1, "b": [1, 2, 3]},
        [],
        {},
    ],
)
def test_what_is_no_article_is_rejected(value):
    with pytest.raises(Unusable, match="no list of articles and no article"):
        read(value)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("db[].data.posts[].html", "db[].data.posts[].name"),
        ("db[].data.posts[].html", "name"),
    ],
)
def test_a_path_leads_to_the_texts(body, title):
    value = {
        "db": [
            {
                "data": {
                    "posts": [{"name": TITLE, "html": HTML}, {"name": PL_TITLE, "html": PL}],
                    "notes": [{"name": "x", "html": "<p>no</p>"}],
                }
            }
        ]
    }
    found = read(value, body=body, title=title)
    assert [(item.address, item.metadata.title) for item in found] == [("1", TITLE), ("2", PL_TITLE)]


def test_a_path_into_the_parts_of_a_text():
    value = {"stories": [{"head": TITLE, "parts": [{"txt": ONE}, {"txt": TWO}]}]}
    (item,) = read(value, body="stories[].parts[].txt", title="stories[].head")
    assert item.text == f"{TITLE}\n\n{ONE}\n\n{TWO}"


def test_a_nested_name_of_any_depth():
    (item,) = read([{"title": TITLE, "x": {"y": {"z": ONE}}}], body="x.y.z")
    assert item.text == f"{TITLE}\n\n{ONE}"


def test_lines_are_read_like_files():
    lines = [
        {"title": TITLE, "content": strapi()},
        {"title": {"it": TITLE, "pl": PL_TITLE}, "body": {"it": ONE, "pl": PL}},
        {"a": 1},
    ]
    data = "\n".join(map(json.dumps, lines)).encode()
    one, it, pl, none = jsonl.items(data, Reading())
    assert shape(one) == FULL
    assert [item.address for item in (one, it, pl, none)] == ["1", "2.it", "2.pl", "3"]
    assert "no article" in none.reason


WORDS = st.text("abcdeżł가나 ", min_size=3, max_size=30).filter(str.strip)


def nodes(depth=3):
    leaf = st.builds(lambda text: {"type": "text", "text": text}, WORDS)
    kinds = st.sampled_from(
        ["paragraph", "heading", "list-item", "quote", "code", "callout", "custom", "tableCell"]
    )
    if not depth:
        return leaf
    inner = st.lists(st.one_of(leaf, nodes(depth - 1)), min_size=1, max_size=3)
    return st.builds(
        lambda kind, key, parts: {"type": kind, key: parts},
        kinds,
        st.sampled_from(["children", "content"]),
        inner,
    )


def words_of(value):
    if isinstance(value, dict):
        return [word for key, part in value.items() if key != "type" for word in words_of(part)]
    return [word for part in value for word in words_of(part)] if isinstance(value, list) else value.split()


@given(st.lists(nodes(), min_size=1, max_size=4))
def test_no_word_of_a_tree_is_lost_or_moved(tree):
    found = "".join(block.text for block in blocks_of(tree))
    assert re.sub(r"\s", "", found) == "".join(words_of(tree))


def test_rich_text_by_language_is_an_article_for_each():
    def document(text):
        return {
            "nodeType": "document",
            "content": [{"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]}],
        }

    body = {"it": document(ONE), "pl": document(PL)}
    entry = {"sys": {"id": "7"}, "fields": {"title": {"it": TITLE, "pl": PL_TITLE}, "body": body}}
    italian, polish = read({"items": [entry]})
    assert shape(italian) == [("title", TITLE), ("paragraph", ONE)]
    assert shape(polish) == [("title", PL_TITLE), ("paragraph", PL)]
    assert (italian.metadata.language, polish.metadata.language) == ("it", "pl")
