import io

import pytest

from pipeline.run.progress import Bars, PlainLines, Silent, Stopwatch, progress_for


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_bars_on_a_terminal_lines_elsewhere_nothing_if_quiet():
    assert isinstance(progress_for(Terminal(), quiet=False), Bars)
    assert isinstance(progress_for(io.StringIO(), quiet=False), PlainLines)
    assert isinstance(progress_for(Terminal(), quiet=True), Silent)


def test_a_plain_line_names_the_stage_and_counts_what_was_done():
    stream = io.StringIO()
    with PlainLines(stream).stage("embed", total=9) as advance:
        advance(3)
        advance(4)
        assert stream.getvalue() == ""
    (line,) = stream.getvalue().splitlines()
    assert line.split()[:2] == ["embed", "7"]


def test_a_stage_that_fails_is_not_shown_as_done():
    stream = io.StringIO()
    with pytest.raises(ZeroDivisionError), PlainLines(stream).stage("match"):
        raise ZeroDivisionError
    assert stream.getvalue() == ""


@pytest.mark.parametrize("total", [None, 0, 5])
@pytest.mark.parametrize("done", [0, 5])
def test_bars_take_any_total(total, done, capsys):
    with Bars().stage("align", total) as advance:
        advance(done)
    assert "align" in capsys.readouterr().err


def test_the_stopwatch_passes_on_and_adds_up():
    stream = io.StringIO()
    watch = Stopwatch(PlainLines(stream))
    for name in ("read", "align", "read"):
        with watch.stage(name) as advance:
            advance(2)
    assert list(watch.seconds) == ["read", "align"]
    assert all(seconds >= 0 for seconds in watch.seconds.values())
    assert [line.split()[0] for line in stream.getvalue().splitlines()] == ["read", "align", "read"]
