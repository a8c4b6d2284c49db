"""The complete flow of a run, as one list of calls."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.calibration.figures import Calibration, calibration_for
from pipeline.checks.families.terms import Glossary
from pipeline.checks.findings import known_rules
from pipeline.checks.glossary import read_glossary
from pipeline.checks.own_rules import OwnRules
from pipeline.checks.rules_file import read_rules
from pipeline.checks.selection import Selection, select
from pipeline.config import Config, check_folders
from pipeline.datatypes import Verdict
from pipeline.decisions.journal import note_on_vanished
from pipeline.decisions.log import Log, read_decisions, vanished_decisions
from pipeline.decisions.pairings import pairings_of
from pipeline.decisions.resolve import Resolved, resolve
from pipeline.embedding.card import learned_languages
from pipeline.embedding.embedded import model_for
from pipeline.embedding.encoders import Encoder
from pipeline.engines import load_engine
from pipeline.engines.collector import infrequent_collection
from pipeline.errors import OutputError
from pipeline.ingestion.ingest import RawFile, is_streamed, list_files
from pipeline.matching.groups import Group, article_groups
from pipeline.matching.index import notes_on_search
from pipeline.matching.learned import Learned, learned_of, warning_of, with_causes
from pipeline.matching.match import Matching, match_articles
from pipeline.matching.profiles import Profile
from pipeline.matching.stated_files import Remarks, constraints_of, stated_languages, with_remarks
from pipeline.matching.statements import Statements
from pipeline.matching.verdicts import verdicts
from pipeline.normalisation.normalise import NORMALISER_VERSION
from pipeline.output.columns import articles_sheet, repairs_sheet
from pipeline.output.commit import check_writable, recover, write_outputs
from pipeline.output.tables import check_format
from pipeline.review.data import Part, articles_to_omit, page_data
from pipeline.review.news import News, news_since, shown_before
from pipeline.review.page import review_page
from pipeline.run.changed_settings import note_on_settings
from pipeline.run.progress import Progress, Stopwatch
from pipeline.run.realignment import note_sources
from pipeline.run.signature import run_record
from pipeline.run.steps.align import align_groups
from pipeline.run.steps.chunks import Context, code_tag
from pipeline.run.steps.compose import RowSettings, compose_articles
from pipeline.run.steps.decide import DecidedTexts, WholeGroups, decided_bodies, decided_rows
from pipeline.run.steps.embed import Bodies, Texts, embed_bodies, encoder_of
from pipeline.run.steps.file_keys import Settings
from pipeline.run.steps.gather import Corpus
from pipeline.run.steps.library import Library
from pipeline.run.steps.loose import loose_files
from pipeline.run.steps.match import KeptComparison
from pipeline.run.steps.neighbours import KeptNeighbours
from pipeline.run.steps.pairs import Pairing, pairing_of, with_decided
from pipeline.run.steps.read import read_library
from pipeline.run.steps.warm_up import warm_up
from pipeline.run.summary import Summary, summarise
from pipeline.run.unexpected import note_on_nothing, note_on_unexpected
from pipeline.store.cache import FOLDER, SCRATCH, Cache, remove_leftovers
from pipeline.store.lock import locked
from pipeline.store.packs import Damaged
from pipeline.store.plain_files import make_folder

FEW_BYTES = 2_000_000
"""Raw bytes below which starting more processes takes longer than they save: about 7,000 paragraphs."""


MANY = 50_000
"""Articles from which workers stop once they have read them, while neighbours are searched here.

What they hold by then is of no use for comparing, and starting them takes a second of a run of minutes."""


class Job(NamedTuple):
    """State shared by the stages of a run."""

    config: Config
    model: str  # name or folder
    encoder: Encoder
    glossary: Glossary | None
    rules: OwnRules | None  # of the user
    selection: Selection  # of the findings that are wanted
    pairing: Pairing  # what was stated about which files belong together
    learned: Learned
    log: Log  # reviewers' decisions
    context: Context
    watch: Stopwatch
    begin: float  # `time.perf_counter` at the start


class Matched(NamedTuple):
    """The results up to matching: the texts and which of them are the same article."""

    library: Library
    bodies: Bodies
    texts: Texts
    calibration: Calibration
    matching: Matching
    groups: Sequence[Group]
    remarks: Remarks


def run(config: Config, progress: Progress, statements: Statements | None = None) -> Summary:
    """Align the articles in `config.raw` and write the corpus to `config.out`.

    `statements` about which files belong together hold instead of those in a file. Raises `SynopticError` if
    the settings, the model or a folder cannot be used; an unusable file is a line of `articles.csv` instead.
    """
    begin = time.perf_counter()
    check_folders(config.raw, config.out)
    glossary = read_glossary(config.glossary) if config.glossary else None
    rules = read_rules(config.rules) if config.rules else None
    selection = select(config.only, config.skip, rules.known if rules else ())
    files = list_files(config.raw.absolute())
    pairing, files = pairing_of(config, files, statements)
    check_writable(config.out)
    check_format(config.format)
    model = model_for(config.model, config.languages)
    encoder = encoder_of(model)
    learned = learned_of(config.model, learned_languages(model), config.languages)
    if warning := warning_of(learned):
        progress.note(warning)
    jobs = config.jobs or (1 if _is_small(files) and config.engine == "local" else None)
    with (
        infrequent_collection(),
        _locked_folder(config.out) as folder,
        load_engine(config.engine, jobs, config.address) as engine,
        _cache_in(folder, config.cache) as cache,
    ):
        engine.warm_up(partial(warm_up, model, config.languages))
        recover(config.out)
        context, watch = Context(cache, engine), Stopwatch(progress, engine.process_ids)
        log = read_decisions(config.out)
        pairing = with_decided(pairing, pairings_of(log.decisions), config.languages)
        job = Job(
            config, model, encoder, glossary, rules, selection, pairing, learned, log, context, watch, begin
        )
        while True:
            try:
                matched = _match(job, files)
                matched, corpus, resolved = _align(job, matched)
                summary = _write(job, matched, corpus, resolved)
                break
            except Damaged as damaged:
                cache.drop(damaged)  # the next attempt recomputes its contents and reuses everything else
        cache.trim(config.cache_bytes)
    return summary


def _match(job: Job, files: Sequence[RawFile]) -> Matched:
    """Read and embed all files and match those that are the same article."""
    config, context, watch = job.config, job.context, job.watch
    limit = config.max_file_bytes
    streamed = any(
        is_streamed(Path(file.path), limit) for file in files
    )  # then articles count, an open number
    with watch.stage("read", None if streamed else len(files)) as advance:
        settings = Settings(config.languages, config.reading)
        stated = stated_languages(job.pairing.statements, (file.name for file in files))
        library = read_library(config.raw.absolute(), files, settings, context, advance, stated)
        bodies = Bodies(library, config.keep_boilerplate, config.level)
    with watch.stage("embed", len(bodies)) as advance:
        texts = embed_bodies(bodies, job.model, job.encoder, context, advance)
    constraints, remarks = constraints_of(
        job.pairing.statements, library.profiles, library.rejections, config.languages, library.told_otherwise
    )
    if len(texts) > MANY:
        context.engine.rest()
    with watch.stage("match", len(texts)) as advance:
        calibration = calibration_for(job.encoder, texts)
        comparison = KeptComparison(texts, calibration.likeness, context, advance)
        neighbours = KeptNeighbours(texts, context.cache)
        matching = match_articles(
            texts.article_vectors(),
            calibration.likeness,
            comparison,
            neighbours.search,
            texts.literals(),
            constraints,
            DecidedTexts(job.log.decisions, library, config.level) if job.log.decisions else None,
        )
        neighbours.keep()
        groups = article_groups(library.profiles, matching, config.languages)
    return Matched(library, bodies, texts, calibration, matching, groups, remarks)


def _align(job: Job, matched: Matched) -> tuple[Matched, Corpus, Resolved]:
    """Align and check the articles and determine the fate of each decision.

    The texts that are returned are as decisions have changed them.
    """
    config, context, watch = job.config, job.context, job.watch
    library, bodies, texts, (likeness, *_), _, groups, _ = matched
    resolved = resolve(job.log.decisions, WholeGroups(groups, library), config.level)
    own = decided_bodies(groups, bodies, resolved, config.level)
    if own is not bodies:
        bodies, texts = own, embed_bodies(own, job.model, job.encoder, context, lambda done: None)
    with watch.stage("align", len(groups)) as advance:
        anchors = decided_rows(groups, bodies, resolved, config.level)
        members = [group.members for group in groups]
        aligned = align_groups(members, anchors, texts, likeness, config.level, context, advance)
    with watch.stage("check", len(groups)) as advance:
        settings = RowSettings(config.languages, config.level, likeness, job.model, job.glossary, job.rules)
        rows = compose_articles(groups, aligned, resolved.plans, bodies, texts, settings, context, advance)
        corpus = Corpus(rows, likeness, resolved, job.selection)
    decided = matched._replace(bodies=bodies, texts=texts)
    return decided, corpus, resolved.with_result(rows.units(resolved.plans), corpus.aims)


def _write(job: Job, matched: Matched, corpus: Corpus, resolved: Resolved) -> Summary:
    """Write all output."""
    config, context, watch = job.config, job.context, job.watch
    library, _, _, calibration, matching, _, remarks = matched
    context.engine.rest()  # from here on this process needs the memory
    with watch.stage("write"):
        points, profiles = corpus.penalties(), corpus.profiles(library.profiles)
        judged = _judged(job, matched, corpus, profiles, points)
        statuses, seconds = corpus.statuses(), time.perf_counter() - job.begin
        parts = corpus.parts()
        news = _news(config.out, parts, corpus)
        notes = [*_notes(job, matched), *news.notes(), *note_on_settings(config.out, config)]
        summary = summarise(
            judged, statuses, corpus.findings, resolved, job.log, config.out, seconds, points, notes
        )
        table = articles_sheet(judged)
        loose = loose_files(judged, profiles, matching, library)
        known, languages, level = known_rules(job.rules), config.languages, config.level
        shown = page_data(parts, corpus.findings, table, languages, level, resolved, loose, known, news)
        write_outputs(
            config.out,
            {
                f"corpus.{config.format}": corpus.table(config.format, config.languages),
                f"articles.{config.format}": [table],
                f"repairs.{config.format}": [repairs_sheet(library.changes())],
                f"findings.{config.format}": corpus.findings_table(config.languages),
            },
            _record(job, summary, calibration, remarks),
            review_page(shown, job.log.decisions),
        )
        left_out = articles_to_omit(parts, corpus.findings)
        _note_sources(job, matched, shown, left_out)
    return summary


def _record(
    job: Job, summary: Summary, calibration: Calibration, remarks: Remarks
) -> dict[str, object]:
    """Return the record of the run."""
    return run_record(
        job.config,
        job.encoder,
        calibration,
        NORMALISER_VERSION,
        summary,
        job.watch,
        job.context.cache.made,
        job.learned,
        job.pairing.record(remarks),
    )


def _news(out: Path, parts: Sequence[Part], corpus: Corpus) -> News:
    """Return what the page has that the one of the run before had not."""
    rows = (id for part in parts for id in part.ids)
    return news_since(shown_before(out), rows, (finding.id for finding in corpus.findings))


def _note_sources(job: Job, matched: Matched, page: bytes, left_out: Collection[str]) -> None:
    """Note what the articles on the page were aligned from, so that one can be aligned anew."""
    on_page = [group for group in matched.groups if group.id not in left_out]
    likeness = matched.calibration.likeness
    note_sources(
        job.context.cache,
        page,
        on_page,
        matched.bodies,
        matched.texts,
        likeness,
        job.model,
        job.config.languages,
    )


def _judged(
    job: Job,
    matched: Matched,
    corpus: Corpus,
    profiles: Sequence[Profile],
    points: Mapping[str, Mapping[str, float]],
) -> list[Verdict]:
    """Return what happened to every file, with reasons and the articles' names."""
    library, matching = matched.library, matched.matching
    own, shares = library.own_paragraphs(matching.version_of), corpus.shares()
    judged = verdicts(profiles, library.rejections, matching, matched.groups, shares, points, own)
    judged = with_remarks(with_causes(judged, job.learned), matched.remarks)
    names = corpus.names(library.profiles)
    return [verdict._replace(name=names.get(verdict.article, "")) for verdict in judged]


def _notes(job: Job, matched: Matched) -> list[str]:
    """Return what people should know of the run beside its figures."""
    config, library = job.config, matched.library
    notes = [*filter(None, [warning_of(job.learned), matched.calibration.warning])]
    notes += job.pairing.notes(matched.remarks)
    notes += [f"recomputed damaged cache file {d.pack}: {d.reason}" for d in job.context.cache.damaged]
    notes += notes_on_search(len(library))
    notes += note_on_nothing(len(library) + len(library.rejections), config.raw)
    notes += note_on_unexpected(library.rejections, config)
    return [*notes, *note_on_vanished(config.out, vanished_decisions(config.out, job.log))]


@contextmanager
def _locked_folder(out: Path) -> Iterator[Path]:
    """Lock the hidden folder inside the output folder and yield it. Raises `OutputError`."""
    folder = out.absolute() / FOLDER
    try:
        out.mkdir(parents=True, exist_ok=True)
        make_folder(folder)
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error.strerror}") from error
    with locked(folder):
        remove_leftovers(folder)
        yield folder


@contextmanager
def _cache_in(folder: Path, keep: bool) -> Iterator[Cache]:
    """Yield the cache in the folder, or a temporary one."""
    if keep:
        yield Cache(folder, code_tag())
        return
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
        yield Cache(Path(scratch), code_tag())


def _is_small(files: Sequence[RawFile]) -> bool:
    left = FEW_BYTES
    for file in files:
        try:
            left -= Path(file.path).stat().st_size
        except OSError:
            continue
        if left < 0:
            return False
    return True
