"""The commands of `synoptic`: parse, call, print. Each command imports its heavy dependencies itself."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.cli.failures import check_memory_limit, unexpected
from pipeline.cli.interrupt import STOPPED, clear_interrupt_flag, prompt_exit
from pipeline.cli.paths import UserPath
from pipeline.config import Config, parse_languages, profile_settings
from pipeline.errors import DEBUG, ConflictError, SettingError, SynopticError
from pipeline.exports import FORMATS
from pipeline.languages.codes import MAX_LANGUAGES

if TYPE_CHECKING:
    from pipeline.bitexts.check import BitextReport

_FILE = UserPath()
_FORM = click.Choice(["text", "json"])
_REPORT = click.Choice(["csv", "html", "json", "sarif", "text", "xlsx"])
_SEVERITY = click.Choice(["critical", "major", "minor", "neutral"])


class _Commands(click.Group):
    """A group that reports every error in one line with exit code 2; Ctrl-C exits with 130."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own signature)
        """Run the command and turn its exceptions into exit codes."""
        try:
            return super().invoke(ctx)
        except SynopticError as error:
            self._end(ctx, " ".join(str(error).split()), 2)
        except click.UsageError as error:
            self._end(ctx, " ".join(error.format_message().split()), 2)
        except KeyboardInterrupt:
            clear_interrupt_flag()
            self._end(ctx, STOPPED, 130)
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):  # click ends these itself
            raise
        except Exception as error:
            if os.environ.get(DEBUG):
                raise
            self._end(ctx, unexpected(error), 2)

    @staticmethod
    def _end(ctx: click.Context, message: str, code: int) -> None:
        click.echo(f"synoptic: {message}", err=True)
        ctx.exit(code)


def _settings(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for languages and the configuration file."""
    most = f"Languages to expect, up to {MAX_LANGUAGES}: codes such as de or zh-cn.  [default: it,ko,pl]"
    languages = click.option("--languages", metavar="CODES", help=most)
    config = click.option(
        "--config", type=_FILE, metavar="FILE", help="TOML file with a [tool.synoptic] table."
    )
    return languages(config(command))


def _names(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[str] | None:
    """Return the names in options such as `--skip numbers,typography --skip meaning`; None: not given."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()] or None


def _checking(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of commands that check translations."""
    options = (
        click.option("--profile", metavar="NAME", help="A [tool.synoptic.profiles.NAME] table in --config."),
        click.option(
            "--glossary", type=_FILE, metavar="FILE", help="CSV table of terms, one column per language."
        ),
        click.option("--rules", type=_FILE, metavar="FILE", help="TOML file with rules of your own."),
        click.option(
            "--only", multiple=True, callback=_names, metavar="RULES", help="Rules or families to check."
        ),
        click.option(
            "--skip", multiple=True, callback=_names, metavar="RULES", help="Rules or families to skip."
        ),
        click.option(
            "--fail-on", type=_SEVERITY, help="Exit with code 3 if a finding is at least this severe."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of commands that read articles."""
    skip = click.option(
        "--skip-repair",
        "skip_repairs",
        multiple=True,
        metavar="NAME",
        help="Skip a repair; can be repeated.",
    )
    field = click.option(
        "--field", "field_names", multiple=True, metavar="FIELD=NAME",
        help="Name of the field body, title, ... in JSON files and tables; can be repeated.",
    )  # fmt: skip
    return _settings(skip(field(command)))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="synoptic", message="%(prog)s %(version)s")
def main() -> None:
    """Align the paragraphs of articles that are translations of each other."""


@main.command()
@click.argument("raw", required=False, type=_FILE)
@click.argument("out", required=False, type=_FILE)
@_reading
@click.option(
    "--model", metavar="NAME_OR_PATH", help="A sentence-transformers model.  [default: the embedded one]"
)
@_checking
@click.option("--pairs", type=_FILE, metavar="FILE", help="CSV table of files that belong together.")
@click.option("--level", metavar="LEVEL", help="Align paragraphs or sentences.  [default: paragraph]")
@click.option("--keep-boilerplate", is_flag=True, default=None, help="Align menus, credits and so on too.")
@click.option("--format", metavar="NAME", help="Write tables as csv or parquet.  [default: csv]")
@click.option("--jobs", "-j", type=int, metavar="N", help="Worker processes.  [default: automatic]")
@click.option("--engine", metavar="NAME", help="Run on this machine or on a Ray cluster.  [default: local]")
@click.option("--address", metavar="HOST:PORT", help="A running Ray cluster.  [default: start one]")
@click.option("--cache/--no-cache", default=None, help="Reuse and store results.  [default: --cache]")
@click.option("--quiet", "-q", is_flag=True, default=None, help="Show neither progress nor summary.")
@click.pass_context
def align(ctx: click.Context, /, config: Path | None, profile: str | None, **flags: Any) -> None:  # noqa: ANN401
    """Align the articles in RAW and write the corpus to OUT.

    RAW defaults to data/raw, OUT to data/aligned.
    """
    settings = _load(config, flags, profile)
    from pipeline.cli.text import forecast_lines, summary_lines
    from pipeline.run.flow import run
    from pipeline.run.progress import progress_for

    with prompt_exit():
        summary = run(settings, progress_for(sys.stderr, settings.quiet))
    if not settings.quiet:
        _print(summary_lines(summary))
        _print(forecast_lines(summary))
    if settings.fail_on and summary.has_severity(settings.fail_on):
        ctx.exit(3)


@main.command()
@click.argument("file", type=_FILE)
@_reading
@click.option("--diff", is_flag=True, help="Show the changes of every repair in colour.")
def normalise(file: Path, diff: bool, config: Path | None, **flags: Any) -> None:  # noqa: ANN401
    """Print the normalised text of FILE; list the repairs on standard error."""
    reading = _load(config, flags).reading
    from pipeline.api.stages import normalised
    from pipeline.cli.stage_output import change_lines, diff_lines, suspicion_lines, text_of

    for number, article in enumerate(normalised(file, reading)):
        if diff:
            _print(diff_lines(article))
        else:
            click.echo(("\n" if number else "") + text_of(article))
            _print(change_lines(article), to_stderr=True)
        _print(suspicion_lines(article), to_stderr=True)


@main.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@_reading
def detect(files: tuple[Path, ...], config: Path | None, **flags: Any) -> None:  # noqa: ANN401
    """Print the language of each FILE and its paragraphs in other languages."""
    settings = _load(config, flags)
    from pipeline.api.stages import detected
    from pipeline.cli.stage_output import language_lines

    for file in files:
        for article in detected(file, settings.languages, settings.reading):
            _print(language_lines(article))


@main.command()
@click.argument("file", type=_FILE)
@_reading
@click.option("--format", "form", type=_FORM, default="text", show_default=True, help="Output format.")
def segment(file: Path, form: str, config: Path | None, **flags: Any) -> None:  # noqa: ANN401
    """Print the paragraphs of FILE and their sentences; JSON has one article per line."""
    settings = _load(config, flags)
    from pipeline.api.stages import prepared
    from pipeline.cli.stage_output import paragraph_lines, paragraph_record

    for article in prepared(file, settings):
        if form == "json":
            click.echo(json.dumps(paragraph_record(article), ensure_ascii=False))
        else:
            _print(paragraph_lines(article))


@main.command()
@click.argument("file", type=_FILE)
@_settings
@_checking
@click.option(
    "--model", metavar="NAME_OR_PATH", help="A sentence-transformers model.  [default: the embedded one]"
)
@click.option("--out", type=_FILE, metavar="FILE", help="Write the findings to FILE.  [default: print them]")
@click.option(
    "--format",
    "form",
    type=_REPORT,
    help="Format of the findings.  [default: by the name of FILE; a list on a terminal; else csv]",
)
@click.option("--baseline", type=_FILE, metavar="FILE", help="Leave out the findings that are in FILE.")
@click.option(
    "--dismissed",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="A report in which findings were dismissed; can be repeated.",
)
@click.option("--no-similarity", is_flag=True, help="Skip checks that compare meaning; needs no model.")
@click.option("--quiet", "-q", is_flag=True, default=None, help="Show no summary.")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    file: Path,
    config: Path | None,
    profile: str | None,
    languages: str | None,
    baseline: Path | None,
    dismissed: tuple[Path, ...],
    **options: Any,  # noqa: ANN401
) -> None:
    """Check the translations in FILE: a CSV table, a TMX memory or an XLIFF file.

    A table has one column per language, named by its code, and optionally a column `id`.
    """
    check_memory_limit()
    names = ("model", "glossary", "rules", "only", "skip", "fail_on", "quiet")
    settings = Config.load(config, profile, **{name: options[name] for name in names})
    from pipeline.bitexts.check import check_bitext
    from pipeline.bitexts.known import read_known, with_known
    from pipeline.bitexts.reports import check_lines, has_severity
    from pipeline.checks.glossary import read_glossary
    from pipeline.checks.rules_file import read_rules
    from pipeline.checks.selection import select

    form = _form_of_report(options["form"], options["out"])
    known = read_known([baseline]) if baseline else None
    judged = read_known(dismissed) if dismissed else None
    rules = read_rules(settings.rules) if settings.rules else None
    checked = check_bitext(
        file,
        parse_languages(languages) if languages else (),
        settings.model,
        select(settings.only, settings.skip, rules.known if rules else ()),
        read_glossary(settings.glossary) if settings.glossary else None,
        not options["no_similarity"],
        rules,
        settings.languages if "languages" in profile_settings(config, profile) else (),
    )
    checked = with_known(checked, known, judged)
    _report(checked, form, options["out"])
    if not settings.quiet:
        _print(check_lines(checked), to_stderr=True)
    if settings.fail_on and has_severity(checked.findings, settings.fail_on):
        ctx.exit(3)


def _form_of_report(form: str | None, out: Path | None) -> str:
    """Return the format of a report, that of the file's name or of the terminal if none was asked for."""
    from pipeline.bitexts.reports import form_of

    on_terminal = out is None and _is_terminal()
    if form == "xlsx" and on_terminal:
        raise SettingError("a terminal cannot show a spreadsheet; name a file with --out FILE")
    if form is not None:
        return form
    return form_of(out) if out else "text" if on_terminal else "csv"


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _report(checked: BitextReport, form: str, out: Path | None) -> None:
    """Write a report to a file, or print it."""
    from pipeline.bitexts.reports import report, write_report
    from pipeline.cli.check_output import finding_lines

    if form == "text" and out is None:
        _print(finding_lines(checked))
        return
    lines = (click.unstyle(f"{line}\n") for line in finding_lines(checked)) if form == "text" else ()
    content = "".join(lines).encode() if form == "text" else report(checked, form)
    if out:
        write_report(out, content)
    else:
        click.echo(content, nl=False)


@main.command()
@click.argument("gold", type=_FILE)
@click.argument("out", required=False, type=_FILE, default=Config.out)
@click.option("--format", "form", type=_FORM, default="text", show_default=True, help="Output format.")
def evaluate(gold: Path, out: Path, form: str) -> None:
    """Score the finished run in OUT against the gold file GOLD.

    OUT defaults to data/aligned.
    """
    from pipeline.cli.text import evaluation_lines, evaluation_record
    from pipeline.evaluation.evaluate import evaluate, read_run
    from pipeline.evaluation.gold import read_gold

    scores = evaluate(read_gold(gold), read_run(out))
    if form == "json":
        click.echo(json.dumps(evaluation_record(scores)))
    else:
        _print(evaluation_lines(scores))


@main.command()
@click.argument("model")
@click.argument("raw", required=False, type=_FILE)
@_reading
def calibrate(config: Path | None, model: str, **flags: Any) -> None:  # noqa: ANN401
    """Calibrate the cosines of MODEL on the articles in RAW and store the result for later runs.

    RAW defaults to data/raw; some of its articles must be translations of each other.
    """
    settings = _load(config, flags | {"model": model})
    from pipeline.calibration.measure import calibrate_model
    from pipeline.cli.text import calibration_lines

    _print(calibration_lines(*calibrate_model(model, settings.raw, settings.languages, settings.reading)))


def _load(config: Path | None, flags: dict[str, Any], profile: str | None = None) -> Config:
    """Return the settings; () is a repeatable option that was not given."""
    check_memory_limit()
    return Config.load(config, profile, **{name: value for name, value in flags.items() if value != ()})


@main.command()
@click.argument("out", required=False, type=_FILE, default=Config.out)
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: 8765]")
@click.option("--no-open", is_flag=True, help="Print the address without opening a browser.")
def review(out: Path, port: int | None, no_open: bool) -> None:
    """Serve the review page of the corpus in OUT on this machine and save each decision at once.

    OUT defaults to data/aligned. Stop the server with Ctrl-C; nothing is lost.
    """
    from pipeline.cli.browser import open_in_browser
    from pipeline.decisions.journal import note_on_vanished
    from pipeline.decisions.log import DECISIONS, linked_file, read_decisions, vanished_decisions
    from pipeline.review.realigning import warm_up_beside
    from pipeline.review.server import review_server
    from pipeline.run.realignment import Realigner

    notes = note_on_vanished(out, vanished_decisions(out, read_decisions(out)))
    realigner = Realigner(out)
    server = review_server(out, port, realigner)
    warm_up_beside(realigner)
    where = f"decisions.csv, a link to {linked_file(out)}," if linked_file(out) else "decisions.csv"
    try:
        click.echo(f"review at {server.url}")
        click.echo(f"stop with Ctrl-C; each decision is saved to {where} as it is made")
        _print(notes, to_stderr=True)
        with nullcontext() if no_open else open_in_browser(server.url):
            server.serve_forever()
    except KeyboardInterrupt:
        path = out / DECISIONS
        click.echo(f"stopped; {f'what was stored is in {path}' if path.exists() else 'nothing was decided'}")
    finally:
        server.server_close()


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_FILE, metavar="FILE... OUT")
@click.option("--dry-run", is_flag=True, help="Show what would be imported and change nothing.")
@click.option("--overrule", is_flag=True, help="On conflicts, the decisions in FILE win.")
@click.option("--by", default="", metavar="NAME", help="Who made the decisions that name nobody.")
@click.pass_context
def apply(ctx: click.Context, /, paths: tuple[Path, ...], dry_run: bool, overrule: bool, by: str) -> None:
    """Import the decisions in each FILE into OUT.

    FILE was saved by the review page, or is an edited corpus table (CSV, XLSX) or a translation file (XLIFF,
    TMX) that came back: changed texts become proposals, reviews and comments decisions. One file is imported
    as a whole or not at all. Several are merged: what contradicts is listed and left out, and the exit code
    is 3.
    """
    from pipeline.cli.text import apply_lines
    from pipeline.returned.apply import apply_files

    *files, out = paths
    if not files:
        raise click.UsageError(f"name the folder of the corpus behind the file: synoptic apply {out} OUT")
    incoming = apply_files(files, out, dry_run, overrule, by)
    _print(apply_lines(incoming, dry_run))
    if incoming.conflicts and not overrule:
        if len(files) == 1:  # a dry run ends as the import would
            raise ConflictError(list(map(str, incoming.conflicts)), incoming.warnings)
        ctx.exit(3)


@main.command()
@click.argument("out", required=False, type=_FILE, default=Config.out)
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), required=True, help="Export format.")
@click.option(
    "--to", type=_FILE, metavar="PATH", help="File or folder to write.  [default: OUT/exports/FORMAT]"
)
@click.option("--only", multiple=True, metavar="CONDITION", help="Export rows that meet every condition.")
@click.option("--languages", metavar="CODES", help="Languages to export, source first.  [default: all]")
def export(out: Path, form: str, to: Path | None, only: tuple[str, ...], languages: str | None) -> None:
    """Write the corpus in OUT in the format of another tool.

    OUT defaults to data/aligned. Conditions: status=aligned,partial confidence>=0.9 findings=none
    findings!=numbers.* review=approved reviewer=NAME article=ID.
    """
    codes = parse_languages(languages) if languages else ()
    from pipeline.cli.text import export_lines
    from pipeline.exports.write import export as write_export

    _print(export_lines(write_export(out, form, to, only, codes)))


@main.command()
@click.argument("out", required=False, type=_FILE, default=Config.out)
@click.option(
    "--format", "form", type=click.Choice(["html", "md"]), default="html", show_default=True, help="Format."
)
@click.option("--to", type=_FILE, metavar="FILE", help="File to write.  [default: OUT/report.FORMAT]")
def report(out: Path, form: str, to: Path | None) -> None:
    """Write a report on the corpus in OUT to hand on: one printable page, or Markdown.

    OUT defaults to data/aligned.
    """
    from pipeline.report.write import write_report

    click.echo(str(write_report(out, form, to)))


@main.group(invoke_without_command=True)
@click.pass_context
def cache(ctx: click.Context) -> None:
    """Show or clear the cache of earlier runs."""
    if ctx.invoked_subcommand is None:
        raise click.UsageError("'cache info' shows the cache, 'cache clear' clears it")


@cache.command()
@click.argument("out", required=False, type=_FILE, default=Config.out)
def info(out: Path) -> None:
    """Print the size and content of the cache in OUT (default: data/aligned)."""
    from pipeline.cli.text import cache_lines
    from pipeline.store.cache import FOLDER, usage

    _print(cache_lines(usage(out / FOLDER)))


@cache.command()
@click.argument("out", required=False, type=_FILE, default=Config.out)
def clear(out: Path) -> None:
    """Clear the cache in OUT (default: data/aligned); the corpus is kept."""
    from pipeline.cli.text import size_in_words
    from pipeline.store.cache import FOLDER, clear
    from pipeline.store.lock import locked

    folder = out / FOLDER
    removed = 0
    if os.path.lexists(folder):
        with locked(folder):
            removed = clear(folder)
    click.echo(f"{size_in_words(removed)} removed")


def _print(lines: Any, to_stderr: bool = False) -> None:  # noqa: ANN401
    for line in lines:
        click.echo(line, err=to_stderr)
