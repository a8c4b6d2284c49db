"""Documents of every format with text in known places: `MAKERS` says for each format how they are made.

A place is somewhere in a document where a reader of it sees text, as a markup around "@". A document is a
list of such pieces in the order of reading. A new format, or a new place, is a line here.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.making_office import HANGUL, RTF, hwp, hwpx, rtf, rtf_text


class Maker(NamedTuple):
    """How documents of a format are made."""

    extension: str
    places: Mapping[str, str]  # the markup around the text of each place
    document: Callable[[Sequence[str]], bytes]  # puts the pieces together
    escape: Callable[[str], str] = str  # of text inside markup

    def made(self, said: Sequence[tuple[str, str]]) -> bytes:
        """Return a document that says these texts in these places."""
        return self.document([self.places[place].replace("@", self.escape(text)) for place, text in said])


def _archive(parts: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return data.getvalue()


# Text

TXT = {
    "paragraph": "@",
    "indented": "    @",
    "bullet": "- @",
    "other bullet": "• @",
    "number": "7. @",
    "letter": "b) @",
    "quote": "> @",
    "underlined heading": "@\n=====",
    "starred": "*** @ ***",
    "after a rule": "-----\n@",
    "label": "Nota: @",
    "dialogue": "– @",
    "in brackets": "[@]",
    "in angle quotes": "«@»",
    "table cell": "uno | @ | tre",
    "tabbed cell": "uno\t@\ttre",
    "in HTML": "<b>@</b>",
}

MD = {
    "paragraph": "@",
    "heading": "## @",
    "closed heading": "# @ #",
    "underlined heading": "@\n---",
    "bullet": "* @",
    "nested bullet": "* uno\n    * @",
    "task": "- [x] @",
    "number": "3. @",
    "quote": "> @",
    "quote in a list": "- > @",
    "fence": "```\n@\n```",
    "language of a fence": "```text\n@\n```",
    "indented code": "uno\n\n    @",
    "code": "uno `@` due",
    "emphasis": "uno *@* due",
    "strong": "uno __@__ due",
    "struck": "uno ~~@~~ due",
    "link": "[@](https://example.org)",
    "reference link": "[@][1]\n\n[1]: https://example.org",
    "picture": "![@](picture.png)",
    "table head": "| @ | due |\n|---|---|\n| uno | due |",
    "table cell": "| uno | due |\n|---|---|\n| @ | due |",
    "HTML block": "<div>@</div>",
    "inline HTML": "uno <span>@</span> due",
    "note": "uno[^1] due\n\n[^1]: @",
    "hard break": "uno  \n@",
}

MDX = {
    **{place: form for place, form in MD.items() if place != "indented code"},
    "in a component": "<Tabs>\n<Tab label='uno'>\n\n@\n\n</Tab>\n</Tabs>",
    "title of a component": '<Card title="@" />',
    "expression": "{'@'}",
}

RST = {
    "paragraph": "@",
    "title": "@\n" + 80 * "=",
    "overlined title": 80 * "*" + "\n@\n" + 80 * "*",
    "bullet": "- @",
    "number": "#. @",
    "term": "@\n   uno",
    "definition": "uno\n   @",
    "quote": "uno\n\n   @",
    "line block": "| @",
    "literal block": "::\n\n   @",
    "code": "uno ``@`` due",
    "strong": "uno **@** due",
    "role": "uno :emphasis:`@` due",
    "link": "`@ <https://example.org>`_",
    "note": "uno [#]_\n\n.. [#] @",
    "citation": "uno [a]_\n\n.. [a] @",
    "field": ":Nota: @",
    "title of a box": ".. admonition:: @\n\n   uno",
    "box": ".. note:: @",
    "unknown directive": ".. riquadro:: @\n\n   uno",
    "caption": ".. figure:: a.png\n\n   @",
    "picture": ".. image:: a.png\n   :alt: @",
    "table cell": ".. list-table::\n\n   * - uno\n     - @",
    "cell of a CSV table": '.. csv-table::\n\n   "uno", "@"',
}

# HTML

HTML = {
    "paragraph": "<p>@</p>",
    "bare": "@",
    "heading": "<h2>@</h2>",
    "bullet": "<ul><li>@</li></ul>",
    "nested bullet": "<ul><li>uno<ul><li>@</li></ul></li></ul>",
    "term": "<dl><dt>@</dt><dd>uno</dd></dl>",
    "definition": "<dl><dt>uno</dt><dd>@</dd></dl>",
    "quote": "<blockquote>@</blockquote>",
    "source of a quote": "<blockquote>uno<cite>@</cite></blockquote>",
    "table head": "<table><tr><th>@</th></tr><tr><td>uno</td></tr></table>",
    "table cell": "<table><tr><td>@</td><td>uno</td></tr></table>",
    "table caption": "<table><caption>@</caption><tr><td>uno</td></tr></table>",
    "caption": "<figure><img src='a.png'><figcaption>@</figcaption></figure>",
    "code": "<pre><code>@</code></pre>",
    "link": "<p>uno <a href='https://example.org'>@</a> due</p>",
    "emphasis": "<p>uno <em>@</em> due</p>",
    "inserted": "<p>uno <ins>@</ins> due</p>",
    "mark": "<p>uno <mark>@</mark> due</p>",
    "small": "<p><small>@</small></p>",
    "raised": "<p>uno<sup>@</sup></p>",
    "after a break": "<p>uno<br>@</p>",
    "details": "<details><summary>uno</summary>@</details>",
    "summary": "<details><summary>@</summary>uno</details>",
    "address": "<address>@</address>",
    "aside": "<aside>@</aside>",
    "header": "<header>@</header>",
    "footer": "<footer>@</footer>",
    "menu": "<nav><ul><li><a href='/'>@</a></li></ul></nav>",
    "label": "<form><label>@</label><input></form>",
    "button": "<button>@</button>",
    "unknown element": "<x-teaser>@</x-teaser>",
    "struck": "<p>uno <del>@</del> due</p>",
    "choice": "<select><option>@</option></select>",
    "text field": "<textarea>@</textarea>",
    "legend": "<fieldset><legend>@</legend>uno</fieldset>",
    "ruby base": "<p><ruby>@<rt>uno</rt></ruby></p>",
    "ruby reading": "<p><ruby>uno<rt>@</rt></ruby></p>",
    "drawing": "<svg><text>@</text></svg>",
    "formula": "<p><math><mtext>@</mtext></math></p>",
    "without scripts": "<noscript><p>@</p></noscript>",
    "old centre": "<center><font>@</font></center>",
    "unclosed": "<p>@<div>uno</div>",
}

XHTML = {place: form.replace("<br>", "<br/>").replace("'a.png'>", "'a.png'/>").replace("<input>", "<input/>")
         for place, form in HTML.items() if place != "unclosed"}  # fmt: skip


def _html(pieces: Sequence[str]) -> bytes:
    return ("<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>" + "\n".join(pieces) +
            "</body></html>").encode()  # fmt: skip


def _saved(pieces: Sequence[str]) -> bytes:
    """Return the page as browsers save it."""
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://example.org/uno"
    message.set_content(_html(pieces).decode(), subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def _mail(pieces: Sequence[str]) -> bytes:
    """Return a mail; it has one subject, which all pieces of that place share."""
    message = EmailMessage()
    message["Subject"] = " ".join(piece[9:] for piece in pieces if piece.startswith("Subject: "))
    message.set_content("\n\n".join(piece[6:] for piece in pieces if piece.startswith("text: ")))
    return message.as_bytes()


def _mail_page(pieces: Sequence[str]) -> bytes:
    message = EmailMessage()
    message.set_content("uno")
    message.add_alternative(_html(pieces).decode(), subtype="html", cte="base64")
    return message.as_bytes()


def _web_archive(pieces: Sequence[str]) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _html(pieces)
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/uno\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    return head.encode() + page + b"\r\n\r\n"


MAIL = {
    "paragraph": "text: @",
    "subject": "Subject: @",
    "quote": "text: > @",
    "bullet": "text: - @",
    "signature": "text: -- \n@",
}


def _epub(title: str) -> Callable[[Sequence[str]], bytes]:
    """Return a function that makes a book of two chapters, with the pieces in the second one."""

    def document(pieces: Sequence[str]) -> bytes:
        items = "".join(f"<item id='{k}' href='{k}' media-type='application/xhtml+xml'/>" for k in "ab")
        package = (
            f"<package xmlns='http://www.idpf.org/2007/opf'><metadata/><manifest>{items}</manifest>"
            "<spine><itemref idref='a'/><itemref idref='b'/></spine></package>"
        )
        return _archive(
            {
                "META-INF/container.xml": "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles>"
                "</container>",
                "book.opf": package,
                "a": _chapter("<title>uno</title>", "<p>Il primo capitolo.</p>"),
                "b": _chapter(title, "\n".join(pieces)),
            }
        )

    return document


def _chapter(title: str, body: str) -> str:
    return f"<html xmlns='http://www.w3.org/1999/xhtml'><head>{title}</head><body>{body}</body></html>"


# Office


def _inside(outer: str, inner: str) -> str:
    """Return markup with another one inside it, both around "@"."""
    return outer.replace("@", inner)


_RUN = "<w:r><w:t>@</w:t></w:r>"
_PARAGRAPH = f"<w:p>{_RUN}</w:p>"
_CELL = "<w:tbl><w:tr><w:tc>@</w:tc><w:tc><w:p><w:r><w:t>uno</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
_BOX = (
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>@</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</w:r></w:p>"
)


def _styled(style: str) -> str:
    return f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{_RUN}</w:p>"


DOCX = {
    "paragraph": _PARAGRAPH,
    "heading": _styled("Heading1"),
    "quote": _styled("Quote"),
    "unknown style": _styled("Riquadro"),
    "bullet": f"<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>{_RUN}</w:p>",
    "table cell": _inside(_CELL, _PARAGRAPH),
    "nested table": _inside(_CELL, _inside(_CELL, _PARAGRAPH)),
    "link": f"<w:p><w:hyperlink>{_RUN}</w:hyperlink></w:p>",
    "content control": f"<w:sdt><w:sdtContent>{_PARAGRAPH}</w:sdtContent></w:sdt>",
    "smart tag": f"<w:p><w:smartTag>{_RUN}</w:smartTag></w:p>",
    "simple field": f"<w:p><w:fldSimple w:instr='DATE'>{_RUN}</w:fldSimple></w:p>",
    "inserted": f"<w:p><w:ins>{_RUN}</w:ins></w:p>",
    "moved to": f"<w:p><w:moveTo>{_RUN}</w:moveTo></w:p>",
    "text box": _inside(_BOX, _PARAGRAPH),
    "after a tab": "<w:p><w:r><w:t>uno</w:t><w:tab/><w:t>@</w:t></w:r></w:p>",
    "after a break": "<w:p><w:r><w:t>uno</w:t><w:br/><w:t>@</w:t></w:r></w:p>",
    "in pieces": "<w:p><w:r><w:t>uno</w:t></w:r>" + _RUN + "<w:r><w:t>due</w:t></w:r></w:p>",
    "formula": "<w:p><m:oMath><m:r><m:t>@</m:t></m:r></m:oMath></w:p>",
    "ruby base": f"<w:p><w:r><w:ruby><w:rt><w:r><w:t>uno</w:t></w:r></w:rt><w:rubyBase>{_RUN}</w:rubyBase>"
    "</w:ruby></w:r></w:p>",
}


def _docx(pieces: Sequence[str]) -> bytes:
    names = (
        "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:v='urn:v' "
        "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    )
    return _archive(
        {"word/document.xml": f"<w:document {names}><w:body>{''.join(pieces)}</w:body></w:document>"}
    )


def _docx_beside(part: str, root: str, form: str, mark: str = "") -> Callable[[Sequence[str]], bytes]:
    """Return a function that puts pieces into another part of the document than the main one.

    `mark` refers to each of them in the main one, by its number in place of "#".
    """

    def document(pieces: Sequence[str]) -> bytes:
        names = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
        beside = "".join(form.replace("@", piece).replace("#", str(k)) for k, piece in enumerate(pieces, 1))
        marks = "".join(mark.replace("#", str(k)) for k in range(1, len(pieces) + 1))
        main = f"<w:p><w:r><w:t>uno</w:t>{marks}</w:r></w:p>"
        return _archive(
            {
                "word/document.xml": f"<w:document {names}><w:body>{main}</w:body></w:document>",
                f"word/{part}": f"<w:{root} {names}>{beside}</w:{root}>",
            }
        )

    return document


def _odt_margin(pieces: Sequence[str]) -> bytes:
    names = " ".join(
        f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"
        for name in ("office", "text", "style")
    )
    styles = (
        f"<office:document-styles {names}><office:master-styles><style:master-page><style:header>"
        f"{''.join(pieces)}</style:header></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    body = f"<office:document-content {names}><office:body><office:text><text:p>uno</text:p></office:text>"
    content = f"{body}</office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.text"
    return _archive({"mimetype": kind, "content.xml": content, "styles.xml": styles})


ODT = {
    "paragraph": "<text:p>@</text:p>",
    "heading": "<text:h>@</text:h>",
    "bullet": "<text:list><text:list-item><text:p>@</text:p></text:list-item></text:list>",
    "list header": "<text:list><text:list-header><text:p>@</text:p></text:list-header></text:list>",
    "table cell": "<table:table><table:table-row><table:table-cell><text:p>@</text:p></table:table-cell>"
    "</table:table-row></table:table>",
    "span": "<text:p>uno <text:span>@</text:span> due</text:p>",
    "link": "<text:p><text:a>@</text:a></text:p>",
    "section": "<text:section><text:p>@</text:p></text:section>",
    "note": "<text:p>uno<text:note><text:note-citation>1</text:note-citation><text:note-body>"
    "<text:p>@</text:p></text:note-body></text:note></text:p>",
    "text box": "<text:p><draw:frame><draw:text-box><text:p>@</text:p></draw:text-box></draw:frame></text:p>",
    "shape": "<text:p><draw:custom-shape><text:p>@</text:p></draw:custom-shape></text:p>",
    "field": "<text:p>uno <text:date>@</text:date></text:p>",
    "after a tab": "<text:p>uno<text:tab/>@</text:p>",
    "after a break": "<text:p>uno<text:line-break/>@</text:p>",
    "ruby base": "<text:p><text:ruby><text:ruby-base>@</text:ruby-base><text:ruby-text>uno</text:ruby-text>"
    "</text:ruby></text:p>",
    "index": "<text:table-of-content><text:index-body><text:p>@</text:p></text:index-body>"
    "</text:table-of-content>",
}


_ODT_NAMES = " ".join(
    f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0'"
    for name, kind in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)


def _odt(pieces: Sequence[str]) -> bytes:
    content = (
        f"<office:document-content {_ODT_NAMES}><office:body><office:text>{''.join(pieces)}</office:text>"
        "</office:body></office:document-content>"
    )
    return _archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _fodt(pieces: Sequence[str]) -> bytes:
    inside = f"<office:body><office:text>{''.join(pieces)}</office:text></office:body>"
    return f"<office:document {_ODT_NAMES}>{inside}</office:document>".encode()


# Feeds and tables: each piece is an article.

RSS = {
    "title": "<title>@</title><description>uno</description>",
    "description": "<title>uno</title><description>@</description>",
    "HTML in the description": "<title>uno</title><description>&lt;p&gt;@&lt;/p&gt;</description>",
    "content": "<title>uno</title><content:encoded><![CDATA[<p>@</p>]]></content:encoded>",
    "author": "<title>uno</title><author>@</author><description>due</description>",
    "description beside the content": "<title>uno</title><description>@</description>"
    "<content:encoded>Un altro testo.</content:encoded>",
    "category": "<title>uno</title><category>@</category><description>due</description>",
}

ATOM = {
    "title": "<title>@</title><content>uno</content>",
    "content": "<title>uno</title><content>@</content>",
    "XHTML": "<title>uno</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>@</p>"
    "</div></content>",
    "summary": "<title>uno</title><summary>@</summary>",
    "author": "<title>uno</title><author><name>@</name></author><content>due</content>",
    "summary beside the content": "<title>uno</title><summary>@</summary><content>due</content>",
}


def _rss(pieces: Sequence[str]) -> bytes:
    found = "".join(f"<item>{piece}<guid>{k}</guid></item>" for k, piece in enumerate(pieces))
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>uno</title>{found}</channel></rss>"
    ).encode()


def _atom(pieces: Sequence[str]) -> bytes:
    found = "".join(f"<entry>{piece}<id>{k}</id></entry>" for k, piece in enumerate(pieces))
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{found}</feed>".encode()


RECORD = {
    "title": "title: @",
    "body": "body: @",
    "HTML": "body: <p>@</p>",
    "two paragraphs": "body: uno\n\n@",
    "author": "author: @",
    "date": "date: @",
    "subtitle": "subtitle: @",
    "summary": "summary: @",
    "field of another name": "nota: @",
}


RECORD_FIELDS = ("author", "date", "subtitle", "summary", "nota")


def _record(piece: str) -> dict[str, str]:
    name, _, value = piece.partition(": ")
    return {"title": "uno", "body": "due", name: value}


def _json(pieces: Sequence[str]) -> bytes:
    return json.dumps([_record(piece) for piece in pieces], ensure_ascii=False).encode()


def _jsonl(pieces: Sequence[str]) -> bytes:
    return "\n".join(json.dumps(_record(piece), ensure_ascii=False) for piece in pieces).encode()


def _csv(delimiter: str) -> Callable[[Sequence[str]], bytes]:
    def document(pieces: Sequence[str]) -> bytes:
        stream = io.StringIO()
        table = csv.DictWriter(stream, ["title", "body", *RECORD_FIELDS], delimiter=delimiter)
        table.writeheader()
        table.writerows(map(_record, pieces))
        return stream.getvalue().encode()

    return document


# PDF: each piece is a line of its own, some way from the others.

PDF = {"line": "@", "in brackets": "[@]"}


def _pdf(pieces: Sequence[str]) -> bytes:
    """Return pages of ten lines each, in a font that every reader has, as ISO 32000 describes them."""
    sheets = [pieces[start : start + 10] for start in range(0, len(pieces), 10)]
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * k} 0 R" for k in range(len(sheets)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for k, sheet in enumerate(sheets):
        lines = "".join(
            f"BT /F1 11 Tf 40 {700 - 60 * n} Td ({_pdf_text(line)}) Tj ET\n" for n, line in enumerate(sheet)
        )
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1400 800]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {5 + 2 * k} 0 R>>"
        )
        objects.append(f"<</Length {len(lines)}>>stream\n{lines}endstream")
    data, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}"
    return (data + f"/Root 1 0 R>>\nstartxref\n{data.index('xref')}\n%%EOF").encode("cp1252")


def _pdf_text(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _lines(pieces: Sequence[str]) -> bytes:
    return "\n\n".join(pieces).encode()


_NOTES = {
    f"docx {kind}s": Maker(
        "docx",
        {"note": _PARAGRAPH},
        _docx_beside(
            f"{kind}s.xml", f"{kind}s", f"<w:{kind} w:id='#'>@</w:{kind}>", f"<w:{kind}Reference w:id='#'/>"
        ),
        escape,
    )
    for kind in ("footnote", "endnote")
}

MAKERS = {
    "txt": Maker("txt", TXT, _lines),
    "md": Maker("md", MD, _lines),
    "mdx": Maker("mdx", MDX, _lines),
    "rst": Maker("rst", RST, _lines),
    "html": Maker("html", HTML, _html, escape),
    "mhtml": Maker("mhtml", HTML, _saved, escape),
    "warc": Maker("warc", HTML, _web_archive, escape),
    "eml": Maker("eml", MAIL, _mail),
    "eml, HTML": Maker("eml", HTML, _mail_page, escape),
    "epub": Maker("epub", XHTML, _epub("<title>uno</title>"), escape),
    "epub, empty title": Maker("epub", {"paragraph": "<p>@</p>"}, _epub("<title/>"), escape),
    "docx": Maker("docx", DOCX, _docx, escape),
    **_NOTES,
    "docx header": Maker("docx", {"line": _PARAGRAPH}, _docx_beside("header1.xml", "hdr", "@"), escape),
    "docx footer": Maker("docx", {"line": _PARAGRAPH}, _docx_beside("footer2.xml", "ftr", "@"), escape),
    "odt": Maker("odt", ODT, _odt, escape),
    "fodt": Maker("fodt", ODT, _fodt, escape),
    "hwpx": Maker("hwpx", HANGUL, hwpx),
    "hwp": Maker("hwp", HANGUL, hwp),
    "rtf": Maker("rtf", RTF, rtf, rtf_text),
    "odt header": Maker("odt", {"line": ODT["paragraph"]}, _odt_margin, escape),
    "rss": Maker("rss", RSS, _rss, escape),
    "atom": Maker("atom", ATOM, _atom, escape),
    "json": Maker("json", RECORD, _json),
    "jsonl": Maker("jsonl", RECORD, _jsonl),
    "csv": Maker("csv", RECORD, _csv(",")),
    "tsv": Maker("tsv", RECORD, _csv("\t")),
    "pdf": Maker("pdf", PDF, _pdf),
}
