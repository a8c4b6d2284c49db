"""The whole flow of a run, as one list of calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from pipeline.align import align_texts, small_matrices
from pipeline.align.evidence import Likeness
from pipeline.calibrate import calibration_for
from pipeline.checks import check
from pipeline.checks.vectors import SentenceVectors
from pipeline.config import Config, check_folders
from pipeline.corpus import articles_frame, corpus_frame, findings_frame, repairs_frame
from pipeline.datatypes import Article, ArticleGroup, Row
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
from pipeline.rows import group_rows, number_repeats
from pipeline.setaside import body, put_back
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
    encoder = load_encoder(config.model)
    with watch.stage("read", len(files)) as advance:
        articles, rejections = read_articles(config.raw, files, config.languages, config.reading, advance)
    bodies = articles if config.keep_boilerplate else list(map(body, articles))
    with watch.stage("embed", sum(len(p.sentences) for a in bodies for p in a.paragraphs)) as advance:
        texts = embed(bodies, encoder, advance)
    with watch.stage("match", len(texts)) as advance:
        calibration = calibration_for(encoder, texts)
        matching = match(texts, calibration.likeness, advance)
        groups = article_groups(bodies, matching, config.languages)
    with watch.stage("align", len(groups)) as advance:
        rows = aligned_rows(groups, articles, texts, calibration.likeness, config.level, advance)
    with watch.stage("check", len(rows)) as advance:
        vectors = SentenceVectors(bodies, texts, encoder, calibration.likeness)
        findings = check(rows, vectors, glossary)
        advance(len(rows))
    grouped = [group for group, _ in groups]
    known = penalties(grouped, findings)
    judged = verdicts(articles, rejections, matching, grouped, rows, known)
    with watch.stage("write") as advance:
        scores = by_article(grouped, known)
        summary = summarise(judged, rows, findings, config.out, time.perf_counter() - begin, scores)
        write_outputs(
            config.out,
            {
                "corpus.csv": corpus_frame(rows, findings, config.languages),
                "articles.csv": articles_frame(judged),
                "repairs.csv": repairs_frame(articles),
                "findings.csv": findings_frame(findings),
            },
            run_record(config, encoder, calibration, NORMALISER_VERSION, summary, watch.seconds),
        )
    return summary


def aligned_rows(
    groups: Sequence[tuple[ArticleGroup, tuple[int, ...]]],
    articles: Sequence[Article],
    texts: Sequence[Text],
    likeness: Likeness,
    level: str,
    advance: Callable[[int], None],
) -> list[Row]:
    """Return the rows of all articles, each with its final id and, if it stands alone, the reason."""
    rows: list[Row] = []
    with small_matrices():
        for group, members in groups:
            aligned = group_rows(group, align_texts([texts[k] for k in members], likeness, level), level)
            rows += put_back(aligned, group, [articles[k] for k in members], level)
            advance(1)
    return explain(number_repeats(rows))
