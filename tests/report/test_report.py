"""The report: its figures, hostile texts, languages, and how it prints."""

import re

import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import html
from markdown_it import MarkdownIt

from pipeline import load
from pipeline.cli.commands import main
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from pipeline.errors import InputError, OutputError, SettingError
from pipeline.report.document import Shown, document
from pipeline.report.facts import read_facts
from pipeline.report.write import report_of, write_report
from tests.browser import needs_chromium
from tests.written import references, rows_of, write_corpus

HOSTILE = [
    ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</blockquote><style>*{}</style>"),
    ("| a | b\n---|---", "[l](javascript:alert(1)) ![i](http://x/y)", "# h\n- `c` *e* $x$ ~~s~~"),
    ("&lt;b&gt; <!-- x", "\u202e뒤집기\x85", "```\ncode\n```"),
    ("Il costo è di XNUMX euro.", "비용은 10유로이다.", "Koszt to 10 euro."),
]


@pytest.fixture
def rows():
    return rows_of(HOSTILE, confidence=0.6)


@pytest.fixture
def out(tmp_path, rows):
    write_corpus(tmp_path / "out", rows)

    def said(row, kind, id, **fields):
        about = {"article": row.article, "target": row.id, "paragraphs": references(row)}
        return parse_decision({"id": id, "kind": kind} | about | fields)

    add_decisions(
        tmp_path / "out",
        [
            said(rows[0], "approve", "d1", reviewer="<b>Ewa</b>", time="2026-01-31T09:30:00Z"),
            said(rows[0], "approve", "d2", reviewer="Jan|x", time="2026-02-01T10:00:00Z"),
            said(rows[1], "reject", "d3", reviewer="Jan|x", time="2026-01-30T08:00:00Z"),
            said(rows[1], "approve", "d4", reviewer="<b>Ewa</b>", time="2026-01-31T09:31:00Z"),
            said(rows[1], "comment", "d5", text="?"),
        ],
        backup=False,
    )
    return tmp_path / "out"


def test_the_figures(out):
    facts = read_facts(out)
    assert (facts.agreed, facts.differing) == (1, 1)
    assert facts.reviews == {"approved": 2, "": 2}
    assert facts.bands == (0, 0, 4, 0)
    assert facts.people["Jan|x"].kinds == {"approve": 1, "reject": 1}
    assert (facts.people["Jan|x"].first, facts.people["Jan|x"].last) == (
        "2026-01-30T08:00:00Z",
        "2026-02-01T10:00:00Z",
    )
    assert list(facts.people) == ["<b>Ewa</b>", "Jan|x", ""]
    assert facts.forecast.to_look_at == 2
    assert {doubtful.row.number for doubtful in facts.worst} == {3, 4}
    assert facts.worst[0].harm >= facts.worst[1].harm > 0
    assert facts.points["ko"] >= 25
    assert sum(facts.categories["accuracy/mistranslation"].values()) >= 1


def test_what_is_approved_but_not_done_is_listed(out, rows):
    about = {"article": rows[3].article, "target": rows[3].id, "paragraphs": references(rows[3])}
    approval = parse_decision({"id": "e1", "kind": "approve"} | about)
    proposal = {"kind": "propose", "language": "it", "text": "Il costo è di 10 euro.", "reviewer": "Ewa"}
    add_decisions(out, [approval, parse_decision({"id": "e2"} | proposal | about)], backup=False)
    sections = {section.title: section.blocks for section in document(read_facts(out))}
    [shown] = [each for each in sections["Approved in spite of a grave finding"][1:] if "row 4" in each.title]
    assert any(note.startswith("critical: ") for note in shown.notes)
    _, table = sections["Texts to carry out"]
    [(_, paragraphs, old, new, who)] = table.lines
    assert (old.text, new.text, who) == ("Il costo è di XNUMX euro.", "Il costo è di 10 euro.", "Ewa")
    assert paragraphs == "4"


def test_what_there_is_nothing_of_has_no_section(out):
    titles = {section.title for section in document(read_facts(out))}
    assert "Result" in titles
    assert "Texts to carry out" not in titles


def test_every_listed_row_says_why(tmp_path):
    """Sure rows are not listed, and unsure ones without a finding say that they are unsure."""
    texts = [(f"Frase numero {k}.", f"{k}번 문장.", f"Zdanie numer {k}.") for k in range(4)]
    sure, unsure = rows_of(texts[:2], confidence=0.95), rows_of(texts, confidence=0.4)
    write_corpus(tmp_path, [*sure, *unsure[2:]])
    [section] = [part for part in document(read_facts(tmp_path)) if part.title == "Rows to look at first"]
    shown = [block for block in section.blocks if isinstance(block, Shown)]
    assert [block.title.split(":")[0].rsplit(" ", 1)[1] for block in shown] == ["3", "4"]
    assert {block.notes[-1] for block in shown} == {
        "low confidence: these paragraphs may not be translations of each other"
    }


def test_quotes_in_markdown_end_with_their_text(out):
    lines = report_of(out, "md").splitlines()
    assert not [k for k, line in enumerate(lines) if line == ">" and not lines[k + 1].startswith("> ")]


def test_joined_and_parted_files_are_counted_for_each_person_where_there_are_any(out):
    heads = "//section[h2='Review']/table/thead//th"
    assert "files joined" not in [cell.text for cell in html.fromstring(report_of(out)).xpath(heads)]
    pairs = [("join", "p1", "Jan|x"), ("part", "p2", "Jan|x"), ("part", "p3", "")]
    fields = {"article": "a1", "text": "it:a.txt\npl:b.txt"}
    made = [parse_decision({"id": id, "kind": kind, "reviewer": who} | fields) for kind, id, who in pairs]
    add_decisions(out, made, backup=False)
    page = html.fromstring(report_of(out))
    names = [cell.text for cell in page.xpath(heads)]
    columns = [names.index(name) for name in ("who", "files joined", "files parted")]
    lines = [
        [row[k].text_content() for k in columns]
        for row in page.xpath("//section[h2='Review']/table/tbody/tr")
    ]
    assert lines == [["<b>Ewa</b>", "0", "0"], ["Jan|x", "1", "1"], ["no name given", "0", "1"]]


def test_rates_are_per_thousand_words(tmp_path):
    write_corpus(tmp_path, rows_of([("uno " * 99 + "XNUMX", "", "jeden " * 99 + "34")]))
    facts = read_facts(tmp_path)
    assert facts.words == {"it": 100, "ko": 0, "pl": 100}
    [critical] = [n for counts in facts.categories.values() if (n := counts["critical"])]
    table = html.fromstring(report_of(tmp_path)).xpath("//section[h2='Findings']/table")[0]
    last = [cell.text_content() for cell in table.xpath("./tbody/tr[last()]/*")]
    total = sum(sum(counts.values()) for counts in facts.categories.values())
    assert last == ["all", str(critical), *last[2:5], str(total), f"{1000 * total / 200:.2f}"]


def test_hostile_texts_are_text_in_html(out):
    page = html.fromstring(report_of(out))
    for tag in ("script", "img", "b", "a", "iframe"):
        assert not page.findall(f".//{tag}")
    assert len(page.findall(".//style")) == 1
    shown = [quote.text for quote in page.iter("blockquote")]
    assert HOSTILE[2][0] in shown
    assert HOSTILE[2][2] in shown
    assert "<b>Ewa</b>" in [cell.text for cell in page.iter("th")]


def test_hostile_texts_are_text_in_markdown(out):
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(report_of(out, "md"))
    page = html.fromstring(rendered)
    assert {element.tag for element in page.iter()} <= {
        *("div", "h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "blockquote"),
        *("span", "br", "ul", "li"),
    }
    quotes = [" ".join(quote.text_content().split()) for quote in page.iter("blockquote")]
    assert any(HOSTILE[2][0] in quote for quote in quotes)
    people = page.xpath("//h2[text()='Review']/following-sibling::table[1]/tbody/tr")
    names = [row[0].text_content() for row in people]
    assert names == ["<b>Ewa</b>", "Jan|x", "no name given"]


def test_texts_are_marked_with_their_language(out):
    page = html.fromstring(report_of(out))
    quotes = page.findall(".//blockquote")
    assert {quote.get("lang") for quote in quotes} == {"it", "ko", "pl"}
    assert all("뒤" not in quote.text or quote.get("lang") == "ko" for quote in quotes)
    assert page.xpath("//section[h2='Articles']//span/@lang") == ["it"]


def test_chinese_is_marked_by_its_script_and_set_in_its_families(tmp_path):
    languages = ("zh-cn", "ja", "zh-tw")
    rows = rows_of([("港口的灯", "港の灯り", "港口的燈")], languages=languages, confidence=0.6)
    write_corpus(tmp_path / "out", rows, findings=[], languages=languages)
    page = html.fromstring(report_of(tmp_path / "out"))
    assert [quote.get("lang") for quote in page.findall(".//blockquote")] == ["zh-Hans", "ja", "zh-Hant"]
    style = page.findtext(".//style")
    for tag, family in (("ja", "CJK JP"), ("zh", "CJK SC"), ("zh-Hant", "CJK TC")):
        (rule,) = re.findall(rf"^:lang\({tag}\) {{.*", style, flags=re.MULTILINE)
        assert family in rule
    assert '<span lang="zh-Hans">' in report_of(tmp_path / "out", "md")


def test_no_script_and_no_network(out):
    text = report_of(out)
    assert "default-src 'none'" in text
    assert not re.search(r"(?:src|href)=", html.tostring(html.fromstring(text).find("head")).decode())


def test_the_command_and_the_corpus_write_the_same(out, tmp_path):
    done = CliRunner().invoke(main, ["report", str(out)])
    assert (done.exit_code, done.stdout) == (0, f"{out / 'report.html'}\n")
    corpus = load(out)
    assert (out / "report.html").read_text(encoding="utf-8") == corpus.report() == report_of(out)
    assert corpus.report(tmp_path / "r.md", "md") == (tmp_path / "r.md").read_text(encoding="utf-8")
    with pytest.raises(SettingError, match="html, md"):
        corpus.report(format="pdf")
    with pytest.raises(OutputError):
        write_report(out, "html", tmp_path / "none" / "r.html")
    with pytest.raises(InputError):
        report_of(tmp_path / "nowhere")


def test_an_empty_corpus_has_a_report(tmp_path):
    write_corpus(tmp_path, [])
    assert "Nothing left to look at" in report_of(tmp_path)


@needs_chromium
def test_it_prints_whole_rows_on_a4(browser, tmp_path):
    texts = ("Riga {} XNUMX. ", "{}번째 줄 12. ", "Wiersz {} 12. ")
    rows = rows_of([tuple(text.format(k) * 30 for text in texts) for k in range(40)])
    write_corpus(tmp_path / "out", rows)
    path = write_report(tmp_path / "out", "html")
    page = browser.new_page()
    failures = []
    page.on("console", lambda message: failures.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.pdf(path=tmp_path / "r.pdf", prefer_css_page_size=True)
    page.close()
    assert failures == []
    with pypdfium2.PdfDocument(tmp_path / "r.pdf") as pdf:
        sizes = {tuple(round(side) for side in leaf.get_size()) for leaf in pdf}
        texts = [leaf.get_textpage().get_text_range() for leaf in pdf]
    assert sizes == {(595, 842)} or sizes == {(596, 842)}
    for number in (row.row.number for row in read_facts(tmp_path / "out").worst):
        [leaf] = [text for text in texts if f"row {number}:" in text]
        assert leaf.count(f"Wiersz {number - 1} ") == 30
        assert leaf.count(f"{number - 1}번째") == 30
