"""The whole flow of a run, as one list of calls."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.align.anchors import DECIDED
from pipeline.align.evidence import Likeness
from pipeline.cache import FOLDER, SCRATCH, Cache, Damaged, remove_leavings
from pipeline.calibrate import calibration_for
from pipeline.checks import check
from pipeline.checks.terms import Glossary
from pipeline.checks.vectors import SentenceVectors
from pipeline.config import Config, check_folders
from pipeline.corpus import DISMISSED, articles_frame, corpus_frames, findings_frame, repairs_frame
from pipeline.datatypes import ArticleGroup, Finding, Row
from pipeline.decisions.places import Nodes
from pipeline.decisions.standing import APPROVED, REPAIRED, Standing, find_standing, joined_texts
from pipeline.decisions.store import Log, read_decisions
from pipeline.encoders import Encoder
from pipeline.engines import load_engine
from pipeline.errors import OutputError
from pipeline.glossary import read_glossary
from pipeline.groups import article_groups
from pipeline.ingest import find_files
from pipeline.lock import locked
from pipeline.match import match_gists
from pipeline.normalise import NORMALISER_VERSION
from pipeline.progress import Progress, Stopwatch
from pipeline.quality import by_article, penalties
from pipeline.reasons import explain
from pipeline.review.data import page_data
from pipeline.review.page import review_page
from pipeline.rows import group_rows, number_repeats
from pipeline.setaside import SetAside
from pipeline.signature import run_record
from pipeline.steps import Workshop
from pipeline.steps.align import align_groups
from pipeline.steps.check import check_articles
from pipeline.steps.embed import Bodies, Texts, embed_bodies, encoder_of
from pipeline.steps.match import KeptComparison
from pipeline.steps.read import Settings, read_library
from pipeline.summary import Summary, summarise
from pipeline.tables import check_format
from pipeline.verdicts import verdicts
from pipeline.write import check_writable, recover, write_outputs

FEW_BYTES = 2_000_000
"""Raw text for which starting further processes takes longer than they save: about 7,000 paragraphs."""


def run(config: Config, progress: Progress) -> Summary:
    """Align the articles in `config.raw` and write the corpus to `config.out`.

    Raises `SynopticError` where the settings, the model or a folder cannot be used; a bad file is
    reported in `articles.csv` instead.
    """
    begin = time.perf_counter()
    check_folders(config.raw, config.out)
    glossary = read_glossary(config.glossary) if config.glossary else None
    files = find_files(config.raw.absolute())
    check_writable(config.out)
    check_format(config.format)
    encoder = encoder_of(config.model)
    jobs = config.jobs or (1 if _is_little(files) and config.engine == "local" else None)
    with (
        _own_folder(config.out) as folder,
        load_engine(config.engine, jobs, config.address) as engine,
        _kept_in(folder, config.cache) as cache,
    ):
        recover(config.out)
        log = read_decisions(config.out)
        watch = Stopwatch(progress, engine.process_ids)
        while True:
            try:
                summary = _run(config, files, glossary, log, encoder, Workshop(cache, engine), watch, begin)
                break
            except Damaged as damaged:
                cache.drop(damaged)  # what was in it is made again; all else is there
        cache.trim(config.cache_bytes)
    return summary


def _run(
    config: Config,
    files: Sequence[Path],
    glossary: Glossary | None,
    log: Log,
    encoder: Encoder,
    shop: Workshop,
    watch: Stopwatch,
    begin: float,
) -> Summary:
    with watch.stage("read", len(files)) as advance:
        settings = Settings(config.languages, config.reading)
        articles = read_library(config.raw.absolute(), files, settings, shop, advance)
        bodies = Bodies(articles, config.keep_boilerplate, config.level)
    with watch.stage("embed", len(bodies)) as advance:
        texts = embed_bodies(bodies, config.model, encoder, shop, advance)
    with watch.stage("match", len(texts)) as advance:
        calibration = calibration_for(encoder, texts)
        likeness = calibration.likeness
        matching = match_gists(texts.gists, likeness, KeptComparison(texts, likeness, shop, advance))
        groups = article_groups(bodies, matching, config.languages)
    joined = joined_texts(log.decisions, {group.id for group, _ in groups})
    if joined and not config.keep_boilerplate:  # what people have put into rows is no boilerplate
        by_number = {k: joined[group.id] for group, members in groups if group.id in joined for k in members}
        bodies = Bodies(articles, config.keep_boilerplate, config.level, by_number)
        texts = embed_bodies(bodies, config.model, encoder, shop, lambda done: None)
        groups = article_groups(bodies, matching, config.languages)
    whole = [
        replace(group, articles=tuple(map(bodies.whole, members, group.articles)))
        for group, members in groups
    ]
    standing = find_standing(log.decisions, whole, config.level)
    with watch.stage("align", len(groups)) as advance:
        rows, units = aligned_rows(groups, whole, texts, likeness, config.level, standing, shop, advance)
    with watch.stage("check", len(rows)) as advance:
        members = _members(groups)
        checked = check_articles(rows, members, bodies, texts, likeness, config.model, shop, advance)
        vectors = SentenceVectors(members, bodies, texts, encoder, likeness)
        findings = check(rows, vectors, glossary, known=checked)
        dismissed = standing.dismissed(findings, rows)
        findings = with_status(findings, dismissed.values())
    standing = standing.with_result(units, dismissed)
    grouped = [group for group, _ in groups]
    known = penalties(grouped, [finding for finding in findings if finding.status != DISMISSED])
    judged = verdicts(articles, articles.rejections, matching, grouped, rows, known)
    with watch.stage("write") as advance:
        scores = by_article(grouped, known)
        notes = [f"damaged and made again: {d.pack} of the cache {d.reason}" for d in shop.cache.damaged]
        seconds = time.perf_counter() - begin
        summary = summarise(judged, rows, findings, standing, log, config.out, seconds, scores, notes)
        table = articles_frame(judged)
        shown = page_data(rows, findings, table, config.languages, config.level, standing)
        write_outputs(
            config.out,
            {
                f"corpus.{config.format}": corpus_frames(rows, findings, config.languages),
                f"articles.{config.format}": [table],
                f"repairs.{config.format}": [repairs_frame(articles)],
                f"findings.{config.format}": [findings_frame(findings)],
            },
            run_record(config, encoder, calibration, NORMALISER_VERSION, summary, watch, shop.cache.made),
            review_page(shown, log.decisions),
        )
    return summary


def aligned_rows(
    groups: Sequence[tuple[ArticleGroup, tuple[int, ...]]],
    whole: Sequence[ArticleGroup],
    texts: Texts,
    likeness: Likeness,
    level: str,
    standing: Standing,
    shop: Workshop,
    advance: Callable[[int], None],
) -> tuple[list[Row], dict[str, set[Nodes]]]:
    """Return the rows of all articles, and the units of the rows of each article.

    Each row has its final id and, if it stands alone, the reason; rows that were decided stand. `whole` are
    the `groups` with their boilerplate, and units are counted in these.
    """
    aside = [SetAside.of(group, every, level) for (group, _), every in zip(groups, whole, strict=True)]
    plans = [standing.plan(group.id) for group, _ in groups]
    anchors = [part.within(plan.anchors) for part, plan in zip(aside, plans, strict=True)]
    members = [members for _, members in groups]
    rows: list[Row] = []
    units: dict[str, set[Nodes]] = {}
    aligned = align_groups(members, anchors, texts, likeness, level, shop, advance)
    for (group, _), part, plan, result in zip(groups, aside, plans, aligned, strict=True):
        found = part.put_back(group_rows(group, result, level), [row.nodes for row in result])
        rows += (reviewed(row, plan.reviews.get(nodes, "")) for row, nodes in found)
        units[group.id] = {nodes for _, nodes in found}
    return explain(number_repeats(rows)), units


def reviewed(row: Row, review: str) -> Row:
    """Return a row with what was said of it; one that people have settled is as sure as any such row."""
    settled = review in (APPROVED, REPAIRED)
    return replace(row, review=review, confidence=DECIDED if settled else row.confidence)


def with_status(findings: Sequence[Finding], dismissed: Collection[str]) -> list[Finding]:
    """Return the findings, those that a reviewer has called false alarms marked as such."""
    ids = set(dismissed)
    return [replace(f, status=DISMISSED) if f.id in ids else f for f in findings]


def _members(groups: Sequence[tuple[ArticleGroup, tuple[int, ...]]]) -> dict[tuple[str, str], int]:
    """Return the number of the article that a group has in each of its languages."""
    return {
        (group.id, language): k
        for group, members in groups
        for language, k in zip(group.languages, members, strict=True)
    }


@contextmanager
def _own_folder(out: Path) -> Iterator[Path]:
    """Yield the hidden folder inside the output folder while no other run has it. Raises `OutputError`."""
    folder = out.absolute() / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error.strerror}") from error
    with locked(folder):
        remove_leavings(folder)
        yield folder


@contextmanager
def _kept_in(folder: Path, keep: bool) -> Iterator[Cache]:
    """Yield the cache in the folder, or one that lasts as long as the context."""
    if keep:
        yield Cache(folder)
        return
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
        yield Cache(Path(scratch))


def _is_little(files: Sequence[Path]) -> bool:
    left = FEW_BYTES
    for file in files:
        try:
            left -= file.stat().st_size
        except OSError:
            continue
        if left < 0:
            return False
    return True
