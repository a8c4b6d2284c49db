"""The whole flow of a run, as one list of calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from pipeline.align import align_texts, small_matrices
from pipeline.align.evidence import Likeness
from pipeline.calibrate import calibration_for
from pipeline.checks import check
from pipeline.checks.vectors import SentenceVectors
from pipeline.config import Config, check_folders
from pipeline.corpus import DISMISSED, articles_frame, corpus_frame, findings_frame, repairs_frame
from pipeline.datatypes import ArticleGroup, Finding, Row
from pipeline.decisions.standing import Nodes, Standing, find_standing, joined_texts
from pipeline.decisions.store import read_decisions
from pipeline.embed import Text, embed
from pipeline.encoders import load_encoder
from pipeline.glossary import read_glossary
from pipeline.groups import article_groups
from pipeline.ingest import find_files
from pipeline.match import match
from pipeline.normalise import NORMALISER_VERSION
from pipeline.prepare import read_articles
from pipeline.progress import Progress, Stopwatch
from pipeline.quality import by_article, penalties
from pipeline.reasons import explain
from pipeline.review.data import page_data
from pipeline.review.page import review_page
from pipeline.rows import group_rows, number_repeats
from pipeline.setaside import SetAside, body
from pipeline.signature import run_record
from pipeline.summary import Summary, summarise
from pipeline.verdicts import verdicts
from pipeline.write import check_writable, recover, write_outputs


def run(config: Config, progress: Progress) -> Summary:
    """Align the articles in `config.raw` and write the corpus to `config.out`.

    Raises `SynopticError` where the settings, the model or a folder cannot be used; a bad file is
    reported in `articles.csv` instead.
    """
    begin = time.perf_counter()
    watch = Stopwatch(progress)
    check_folders(config.raw, config.out)
    glossary = read_glossary(config.glossary) if config.glossary else None
    files = find_files(config.raw)
    check_writable(config.out)
    recover(config.out)
    log = read_decisions(config.out)
    encoder = load_encoder(config.model)
    with watch.stage("read", len(files)) as advance:
        articles, rejections = read_articles(config.raw, files, config.languages, config.reading, advance)
    joined = joined_texts(log.decisions)
    bodies = articles if config.keep_boilerplate else [body(a, config.level, joined) for a in articles]
    with watch.stage("embed", sum(len(p.sentences) for a in bodies for p in a.paragraphs)) as advance:
        texts = embed(bodies, encoder, advance)
    with watch.stage("match", len(texts)) as advance:
        calibration = calibration_for(encoder, texts)
        matching = match(texts, calibration.likeness, advance)
        groups = article_groups(bodies, matching, config.languages)
    whole = [replace(group, articles=tuple(articles[k] for k in members)) for group, members in groups]
    standing = find_standing(log.decisions, whole, config.level)
    with watch.stage("align", len(groups)) as advance:
        rows, units = aligned_rows(
            groups, whole, texts, calibration.likeness, config.level, standing, advance
        )
    with watch.stage("check", len(rows)) as advance:
        vectors = SentenceVectors(bodies, texts, encoder, calibration.likeness)
        findings = with_status(check(rows, vectors, glossary), standing.dismissed())
        advance(len(rows))
    standing = standing.with_result(units, findings)
    grouped = [group for group, _ in groups]
    known = penalties(grouped, [finding for finding in findings if finding.status != DISMISSED])
    judged = verdicts(articles, rejections, matching, grouped, rows, known)
    with watch.stage("write") as advance:
        scores = by_article(grouped, known)
        seconds = time.perf_counter() - begin
        summary = summarise(judged, rows, findings, standing, log, config.out, seconds, scores)
        tables = {
            "corpus.csv": corpus_frame(rows, findings, config.languages),
            "articles.csv": articles_frame(judged),
            "repairs.csv": repairs_frame(articles),
            "findings.csv": findings_frame(findings),
        }
        shown = page_data(rows, findings, tables["articles.csv"], config.languages, config.level, standing)
        write_outputs(
            config.out,
            tables,
            run_record(config, encoder, calibration, NORMALISER_VERSION, summary, watch.seconds),
            review_page(shown, log.decisions),
        )
    return summary


def aligned_rows(
    groups: Sequence[tuple[ArticleGroup, tuple[int, ...]]],
    whole: Sequence[ArticleGroup],
    texts: Sequence[Text],
    likeness: Likeness,
    level: str,
    standing: Standing,
    advance: Callable[[int], None],
) -> tuple[list[Row], dict[str, set[Nodes]]]:
    """Return the rows of all articles, and the units of the rows of each article.

    Each row has its final id and, if it stands alone, the reason; rows that were decided stand. `whole` are
    the `groups` with their boilerplate, and units are counted in these.
    """
    rows: list[Row] = []
    units: dict[str, set[Nodes]] = {}
    with small_matrices():
        for (group, members), everything in zip(groups, whole, strict=True):
            plan = standing.plan(group.id)
            aside = SetAside.of(group, everything, level)
            aligned = align_texts(
                [texts[k] for k in members], likeness, level, anchors=aside.within(plan.anchors)
            )
            found = aside.put_back(group_rows(group, aligned, level), [row.nodes for row in aligned])
            rows += (replace(row, review=plan.reviews.get(nodes, "")) for row, nodes in found)
            units[group.id] = {nodes for _, nodes in found}
            advance(1)
    return explain(number_repeats(rows)), units


def with_status(findings: Sequence[Finding], dismissed: Collection[str]) -> list[Finding]:
    """Return the findings, those that a reviewer has called false alarms marked as such."""
    return [replace(f, status=DISMISSED) if f.id in dismissed else f for f in findings]
