"""Output folders as a run would write them, from rows that are given."""

from dataclasses import replace
from itertools import groupby

from pipeline.checks.check import check
from pipeline.datatypes import Article, ArticleGroup, Paragraph, Row, Verdict, fingerprint
from pipeline.decisions.doubts import LOW_CONFIDENCE
from pipeline.decisions.log import read_decisions
from pipeline.decisions.resolve import resolve
from pipeline.output.columns import articles_sheet, corpus_sheet, findings_sheet
from pipeline.output.commit import write_outputs
from pipeline.output.sheet import Column, Sheet
from pipeline.review.data import Part, page_data, row_values
from pipeline.review.page import review_page
from pipeline.rows.from_alignment import content_id, number_repeats

LANGUAGES = ("it", "ko", "pl")


def rows_of(cells, article="a1", languages=LANGUAGES, confidence=0.97):
    """Rows of one article; `cells[r][k]` is a list of texts or one text, "" for none."""
    numbers = dict.fromkeys(languages, 0)
    rows = []
    for n, line in enumerate(cells, start=1):
        found = []
        for code, texts in zip(languages, line, strict=True):
            paragraphs = []
            for text in [texts] if isinstance(texts, str) and texts else texts:
                numbers[code] += 1
                paragraphs.append(Paragraph(numbers[code], "paragraph", text, ((0, len(text)),), code))
            found.append(tuple(paragraphs))
        filled = sum(map(bool, found))
        status = "unmatched" if filled == 1 else "aligned" if filled == len(languages) else "partial"
        rows.append(
            Row(article, n, content_id(languages, found), languages, tuple(found), confidence, status)
        )
    return rows


def groups_of(rows):
    """The articles that rows are from, in their languages."""
    groups = {}
    for row in rows:
        texts = groups.setdefault(row.article, {code: [] for code in row.languages})
        for code, cell in zip(row.languages, row.cells, strict=True):
            texts[code] += cell
    return {
        id: ArticleGroup(
            id, tuple(Article("", code, 1.0, tuple(some), (), "") for code, some in texts.items())
        )
        for id, texts in groups.items()
    }


def sheet_of(**values):
    """A sheet with these columns, none of them empty."""
    return Sheet([Column(name, type(some[0])) for name, some in values.items()], values)


def references(row):
    """What names the paragraphs of a row in a decision."""
    return " ".join(
        f"{code}:{p.number}:{fingerprint(p.text)}"
        for code, cell in zip(row.languages, row.cells, strict=True)
        for p in cell
    )


def write_corpus(out, rows, findings=None, languages=LANGUAGES, files=()):
    """Write the five files of a run with these rows into `out`; return its findings."""
    ids = number_repeats(row.id for row in rows)
    rows = [replace(row, id=id) for row, id in zip(rows, ids, strict=True)]
    findings = check(rows) if findings is None else findings
    judged = list(files) or [
        Verdict(f"{article}-{code}.txt", article, code, 1.0, 1, "parallel", 1.0, "same article")
        for article in dict.fromkeys(row.article for row in rows)
        for code in languages
    ]
    tables = {
        "corpus.csv": [corpus_sheet(rows, findings, languages)],
        "articles.csv": [articles_sheet(judged)],
        "findings.csv": [findings_sheet(findings)],
    }
    log = read_decisions(out) if out.exists() else read_decisions(out.parent / "nowhere")
    standing = resolve(log.decisions, groups_of(rows), "paragraph")
    standing = standing._replace(aims=standing.dismissed(findings, rows))
    parts = [_part(list(some), languages) for _, some in groupby(rows, key=lambda row: row.article)]
    data = page_data(parts, findings, tables["articles.csv"][0], languages, "paragraph", standing)
    record = {"settings": {"languages": list(languages)}}
    write_outputs(out, tables, record, review_page(data, log.decisions))
    return findings


def _part(rows, languages):
    return Part(
        rows[0].article,
        [row.id for row in rows],
        sum(row.confidence < LOW_CONFIDENCE for row in rows),
        lambda: [row_values(row, languages) for row in rows],
    )
