"""What looks damaged is told with its place and what to do: in articles.csv and after a run."""

import csv

from pipeline.cli.text import summary_lines
from pipeline.config import Config
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.run.summary import explained

IT = "La biblioteca riapre luned\ufffd dopo i lavori.\n\nGli orari non cambiano.\n\nLa sala \ufffd vuota.\n"
PL = "Biblioteka znów działa.\n\nKobieta zosta³a w czytelni do wieczora.\n\nSala jest pusta i cicha.\n"


def test_the_paragraphs_are_named(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "it.txt").write_text(IT, encoding="utf-8")
    (raw / "pl.txt").write_text(PL, encoding="utf-8")
    summary = run(Config(raw=raw, out=tmp_path / "out", jobs=1), Silent())
    with (tmp_path / "out" / "articles.csv").open(encoding="utf-8", newline="") as stream:
        places = {line["file"]: line["suspicious"] for line in csv.DictReader(stream)}
    assert places == {"it.txt": "missing_characters 1,3", "pl.txt": "misread_letters 2"}
    told = [line for line in summary_lines(summary) if "damaged?" in line]
    assert "it.txt: paragraphs 1,3: letters are missing; look them up" in told[0]
    assert "pl.txt: paragraph 2: letters were read with a wrong table; save" in told[1]


def test_several_suspicions_in_words():
    assert explained("missing_characters 3; truncated_end 9") == (
        "paragraph 3: letters are missing; look them up in the original. "
        "paragraph 9: the text breaks off; see whether the original goes on"
    )
