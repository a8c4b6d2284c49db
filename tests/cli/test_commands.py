import json
import os
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner

from pipeline import __version__
from pipeline.cli.commands import main

ROOT = Path(__file__).parent.parent.parent

ITALIAN = (
    "Il mercato del giovedì è tornato in piazza dopo due anni di lavori.\n\n"
    "I banchi sono quaranta e vendono soprattutto frutta, formaggi e pane della valle.\n"
)
POLISH = (
    "Czwartkowy targ wrócił na rynek po dwóch latach remontu.\n\n"
    "Stoisk jest czterdzieści i sprzedają głównie owoce, sery oraz chleb z doliny.\n"
)


@pytest.fixture
def synoptic(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    return lambda *arguments, **options: runner.invoke(main, list(map(str, arguments)), **options)


@pytest.fixture
def articles(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(ITALIAN, encoding="utf-8")
    (raw / "b.txt").write_text(POLISH, encoding="utf-8")
    return raw


def fails(result, code=2):
    """Check that a command failed as a person should see it: one line, no traceback; return the line."""
    assert result.exit_code == code
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("synoptic: ")
    return line


def test_version(synoptic):
    assert synoptic("--version").stdout == f"synoptic {__version__}\n"


def test_help_imports_nothing_heavy():
    script = (
        "import sys\n"
        "from pipeline.cli.commands import main\n"
        "main(['align', '--help'], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert not loaded & {"torch", "sentence_transformers", "pandas", "numba", "numpy", "langdetect"}


def test_module_and_command_are_the_same():
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Usage: synoptic ")


@pytest.mark.parametrize(
    "arguments",
    [["export", "--format", "bogus"], ["review", "--port", "99999"], ["export"], ["align", "--bogus"]],
)
def test_bad_options_are_one_line(arguments):
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1


def test_align_writes_the_corpus_and_says_where(synoptic, articles):
    result = synoptic("align", articles, "out")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("2 files: ")
    assert str(Path("out", "corpus.csv")) in result.stdout
    assert "write" in result.stderr
    assert {path.name for path in Path("out").iterdir() if not path.name.startswith(".")} == {
        "corpus.csv",
        "articles.csv",
        "findings.csv",
        "repairs.csv",
        "review.html",
        "run.json",
    }


def test_the_users_folder_is_known_in_every_shell(synoptic, articles, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    result = synoptic("align", "~/raw", "~/corpus")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "corpus" / "corpus.csv").is_file()


def test_align_defaults_to_the_data_folder(synoptic, articles):
    Path("data").mkdir()
    articles.rename("data/raw")
    assert synoptic("align").exit_code == 0
    assert Path("data/aligned/corpus.csv").exists()


def test_quiet_says_nothing(synoptic, articles):
    result = synoptic("align", articles, "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_settings_file_and_flags(synoptic, articles):
    Path("s.toml").write_text('[tool.synoptic]\nlanguages = "pl,it"\nquiet = true\n', encoding="utf-8")
    result = synoptic("align", articles, "out", "--config", "s.toml")
    assert (result.exit_code, result.output) == (0, "")
    record = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert record["settings"]["languages"] == ["pl", "it"]
    assert synoptic("align", articles, "out", "--config", "s.toml", "--languages", "it,ko,pl").exit_code == 0
    record = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert record["settings"]["languages"] == ["it", "ko", "pl"]


def test_missing_input_folder(synoptic):
    assert "none" in fails(synoptic("align", "none", "out"))
    assert not Path("out").exists()


def test_file_as_input_folder(synoptic, articles):
    fails(synoptic("align", articles / "a.txt", "out"))


def test_unknown_language(synoptic, articles):
    assert "'xx'" in fails(synoptic("align", articles, "out", "--languages", "it,xx"))
    assert not Path("out").exists()


def test_output_below_a_file(synoptic, articles):
    Path("file").write_text("", encoding="utf-8")
    fails(synoptic("align", articles, "file/out"))


def test_output_inside_the_input(synoptic, articles):
    fails(synoptic("align", articles, articles / "out"))
    assert sorted(path.name for path in articles.iterdir()) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("model", ["no/such-model", "./nowhere", "", "a\nb"])
def test_unknown_model(synoptic, articles, model):
    fails(synoptic("align", articles, "out", "--model", model))
    assert not Path("out").exists()


def test_missing_settings_file(synoptic, articles):
    fails(synoptic("align", articles, "out", "--config", "none.toml"))


@pytest.mark.parametrize("command", ["normalise", "detect", "segment"])
@pytest.mark.parametrize("content", [None, b"", b"\x00\x9f\x92\x96\xff\xfe\x07" * 40])
def test_unusable_files(synoptic, command, content):
    if content is not None:
        Path("f.txt").write_bytes(content)
    assert "f.txt" in fails(synoptic(command, "f.txt"))


def test_ctrl_c_is_one_line(synoptic, articles, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.run.flow.run", interrupted)
    fails(synoptic("align", articles, "out"), 130)


def test_normalise_prints_the_text_and_logs_the_repairs(synoptic):
    Path("f.txt").write_bytes("Caffe\u0300 e\u200b t\u00e8\r\n".encode())
    result = synoptic("normalise", "f.txt")
    assert result.stdout == "Caffè e tè\n"
    assert "\\u200b" in result.stderr


def test_detect_names_every_file_and_a_stray_paragraph(synoptic, articles):
    stray = "To jest zupełnie inny akapit, napisany po polsku przez kogoś, kto zapomniał go przetłumaczyć."
    (articles / "c.txt").write_text(ITALIAN + "\n" + stray + "\n", encoding="utf-8")
    lines = synoptic("detect", *sorted(articles.iterdir())).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines[:3]] == ["it", "pl", "it"]
    assert lines[0].endswith("a.txt")
    (other,) = lines[3:]
    assert "pl" in other
    assert "To jest" in other


def test_segment_as_text_and_json(synoptic, articles):
    text = synoptic("segment", articles / "a.txt").stdout
    assert "Il mercato del giovedì" in text
    article = json.loads(synoptic("segment", articles / "a.txt", "--format", "json").stdout)
    assert article["language"] == "it"
    assert [paragraph["number"] for paragraph in article["paragraphs"]] == [1, 2]
    for paragraph in article["paragraphs"]:
        spans = [paragraph["text"][start:end] for start, end in paragraph["sentences"]]
        assert "".join("".join(spans).split()) == "".join(paragraph["text"].split())


def test_a_file_name_cannot_steer_the_terminal(synoptic, articles):
    name = "\x1b]0;owned\x07[red]=1+1.txt"
    (articles / name).write_bytes(b"")
    result = synoptic("align", articles, "out")
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "[red]=1+1.txt" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are text")
def test_a_file_name_that_is_no_utf8(synoptic, articles):
    (articles / os.fsdecode(b"\xff.txt")).write_bytes(b"")
    assert synoptic("align", articles, "out").exit_code == 0
    assert "\\xff.txt" in Path("out/articles.csv").read_text(encoding="utf-8")


DAMAGED = "Caffe\u0300 e\u200b t\u00e8\n\nUn <b>bel</b> posto, 3XNUMX anni fa.\n"


def test_repairs_are_logged_with_file_paragraph_and_position(synoptic):
    Path("f.txt").write_text(DAMAGED, encoding="utf-8")
    result = synoptic("normalise", "f.txt")
    assert result.stdout == "Caffè e tè\n\nUn bel posto, 3XNUMX anni fa.\n"
    assert result.stderr.splitlines() == [
        'f.txt:1:4\tcomposed_letters\t"e\\u0300" -> "è"',
        'f.txt:1:7\tzero_width\t"\\u200b" -> ""',
        'f.txt:2:3\tinline_markup\t"<b>bel</b>" -> "bel"',
        'f.txt:2:15\tsuspicion: machine_translation\t"XNUMX"',
    ]


def test_a_repair_can_be_left_out(synoptic):
    Path("f.txt").write_text(DAMAGED, encoding="utf-8")
    result = synoptic("normalise", "f.txt", "--skip-repair", "inline_markup", "--skip-repair", "zero_width")
    assert result.stdout == "Caffè e\u200b tè\n\nUn <b>bel</b> posto, 3XNUMX anni fa.\n"
    Path("s.toml").write_text('[tool.synoptic]\nskip_repairs = ["inline_markup"]\n', encoding="utf-8")
    assert "<b>bel</b>" in synoptic("normalise", "f.txt", "--config", "s.toml").stdout
    assert "no_such" in fails(synoptic("normalise", "f.txt", "--skip-repair", "no_such"))


def test_the_diff_shows_what_went_and_what_came_in_colour(synoptic):
    Path("f.txt").write_text(DAMAGED + "\nPulito.\n", encoding="utf-8")
    plain = synoptic("normalise", "f.txt", "--diff").stdout
    assert plain.splitlines() == [
        "f.txt",
        "@@ paragraph 1: zero_width, composed_letters @@",
        "Caff[-e\\u0300-]{+è+} e[-\\u200b-] tè",
        "@@ paragraph 2: inline_markup @@",
        "Un [-<b>bel</b>-]{+bel+} posto, 3XNUMX anni fa.",
    ]
    coloured = synoptic("normalise", "f.txt", "--diff", color=True).stdout
    assert "\x1b[31m[-\\u200b-]\x1b[0m" in coloured
    assert "\x1b[32m{+bel+}\x1b[0m" in coloured


def test_the_diff_shows_words_of_decomposed_hangul(synoptic):
    Path("f.txt").write_text(normalize("NFD", "낡은 등대를 보았다.\n"), encoding="utf-8")
    assert synoptic("normalise", "f.txt", "--diff").stdout.splitlines()[2] == (
        "[-decomposed: 낡은-]{+낡은+} [-decomposed: 등대를-]{+등대를+} [-decomposed: 보았다-]{+보았다+}."
    )


def test_every_article_of_a_file_is_segmented(synoptic):
    records = [{"corpo_del_testo": ITALIAN}, {"corpo_del_testo": ITALIAN}]
    Path("f.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    fails(synoptic("segment", "f.jsonl"))
    found = synoptic("segment", "f.jsonl", "--format", "json", "--field", "body=corpo_del_testo")
    lines = found.stdout.splitlines()
    assert [json.loads(line)["file"] for line in lines] == ["f.jsonl#1", "f.jsonl#2"]
    assert "body" in fails(synoptic("segment", "f.jsonl", "--field", "corpo=testo"))


def test_an_article_that_cannot_be_used_does_not_hide_the_others(synoptic):
    Path("f.jsonl").write_text("{bad\n" + json.dumps({"body": ITALIAN}), encoding="utf-8")
    lines = synoptic("segment", "f.jsonl", "--format", "json").stdout.splitlines()
    assert "no JSON" in json.loads(lines[0])["rejected"]
    assert json.loads(lines[1])["language"] == "it"
    assert "f.jsonl#1: is no JSON" in synoptic("normalise", "f.jsonl").stderr
    assert "f.jsonl#1: is no JSON" in synoptic("normalise", "f.jsonl", "--diff").stdout
    assert "f.jsonl#1: is no JSON" in synoptic("detect", "f.jsonl").stdout


def test_apply_asks_for_the_corpus_where_only_a_file_is_named(synoptic):
    result = synoptic("apply", "back.csv")
    assert result.exit_code == 2
    assert "name the folder of the corpus behind the file" in result.stderr
