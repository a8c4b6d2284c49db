"""The part of the page's script that needs no document, under Node: ids and rows are those of a run."""

import json
import random
import shutil
import subprocess
from importlib.resources import files

import pytest

from pipeline.decisions.replay import read_rows
from pipeline.review.page import decision_records, page_data_of
from tests.review.logs import planned, random_log
from tests.written import LANGUAGES, rows_of, write_corpus

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")

MODEL = files("pipeline.review").joinpath("assets", "script", "model")

REPLAY = """
import { cellText, paragraphsOf, readCorpus } from "MODEL/corpus.js";
import { contentId } from "MODEL/digest.js";
import { Log } from "MODEL/log.js";
import { replay } from "MODEL/replay.js";
import { readFileSync } from "node:fs";

const { data, logs } = JSON.parse(readFileSync(0, "utf-8"));
const corpus = readCorpus(data);
const rows = () => corpus.articles.flatMap((article) => article.rows);
const ids = rows().map((row) => [row.id, contentId(paragraphsOf(row))]);
const states = logs.map((decisions) => {
  const log = new Log();
  for (const decision of decisions) log.enter(decision);
  replay(corpus, log);
  return rows().map((row) => [row.review.state, ...row.cells.map(cellText)]);
});
console.log(JSON.stringify({ ids, states }));
"""

TEXT = """
import { commonEnds, pointCount, unitOffset, writable } from "MODEL/text.js";
const both = commonEnds("Il gatto nero dorme.", "Il gatto bianco dorme.");
console.log(JSON.stringify([
  both, commonEnds("casa", "caso"), commonEnds("uguale", "uguale"),
  pointCount("a🎈b"), unitOffset("a🎈b", 2), unitOffset("abc", 2),
  writable("a\\r\\nb\\u0000\\ud83cc\\t"),
]));
"""

MARKS = """
import { readCorpus } from "MODEL/corpus.js";
import { newFilter } from "MODEL/filter.js";
import { marksOf, pieces } from "MODEL/marks.js";
import { searchOf } from "MODEL/search.js";
import { readFileSync } from "node:fs";
const [row] = readCorpus(JSON.parse(readFileSync(0, "utf-8"))).articles[0].rows;
const { text } = row.cells[0][0];
const found = pieces(text, 0, marksOf(row, "it", text, searchOf({ ...newFilter(), search: "due" })));
console.log(JSON.stringify(found.map(({ text, mark }) => [text, mark ? mark.finding?.rule ?? "hit" : null])));
"""


def under_node(code, given=None):
    code = code.replace("MODEL", MODEL.as_uri())
    command = ["node", "--input-type=module", "-e", code]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def repeating(tmp_path_factory):
    """A corpus in which texts repeat within and between articles, some of them with rare characters."""
    out = tmp_path_factory.mktemp("repeating") / "out"
    chance = random.Random(5)
    texts = [["uno", "due", "tre 🎈", "a" * 300], ["하나", "둘", "셋"], ["jeden", "dwa", "trzy"]]
    lines = [
        [chance.choices(some, k=chance.choice((0, 1, 1, 2))) or [some[0]] for some in texts]
        for _ in range(40)
    ]
    write_corpus(out, rows_of(lines[:20], "a1") + rows_of(lines[20:], "a2"))
    return out


def page_data(out):
    return json.loads(page_data_of((out / "review.html").read_bytes(), "review.html"))


def test_the_page_names_rows_as_a_run_does(repeating):
    ids = under_node(REPLAY, {"data": page_data(repeating), "logs": []})["ids"]
    assert len(ids) == 40
    assert [run.partition("-")[0] for run, _ in ids] == [page for _, page in ids]


def test_the_page_and_a_run_read_many_logs_alike(repeating):
    """Each log is read where the one before has left its rows, as after an undo."""
    rows = read_rows(repeating, LANGUAGES)
    few = [row for row in rows if row.article == "a1"][:8]
    logs = [random_log(random.Random(seed), few, 12) for seed in range(200)]
    given = {"data": page_data(repeating), "logs": [decision_records(log) for log in logs]}
    for seed, (log, states) in enumerate(zip(logs, under_node(REPLAY, given)["states"], strict=True)):
        seen = sorted(row for row in states if row[0] in ("approved", "repaired"))
        assert seen == planned(log, rows), f"log {seed}"


def test_texts():
    assert under_node(TEXT) == [[9, 7], [0, 0], [6, 0], 3, 3, 2, "a\nbc\t"]


def test_pieces_of_a_text_have_the_gravest_finding_or_a_hit(tmp_path):
    write_corpus(tmp_path / "out", rows_of([("uno due tre due", "둘", "dwa")]), findings=[])
    data = page_data(tmp_path / "out")
    finding = [0, "f", "rule", 1, "it", "ko", [2, 9], None, "message", "", 0]
    data["findings"] = [
        [*finding[:2], "minor", 2, *finding[4:]],
        [*finding[:2], "grave", 0, *finding[4:6], [6, 11], *finding[7:]],
        [*finding[:2], "dismissed", 0, *finding[4:6], [0, 15], *finding[7:10], 1],
    ]
    assert under_node(MARKS, data) == [
        ["un", None], ["o ", "minor"], ["du", "minor"], ["e", "grave"], [" t", "grave"], ["re", "grave"],
        [" ", None], ["due", "hit"],
    ]  # fmt: skip
