"""What a run did not expect: a folder without files, and files in other languages with what takes them in."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.config import Config
from pipeline.datatypes import Rejection
from pipeline.embedding.card import learned_languages
from pipeline.embedding.embedded import model_for
from pipeline.invocation import quoted, synoptic
from pipeline.languages.codes import MAX_LANGUAGES, in_words, language_label
from pipeline.matching.learned import RECOMMENDED, learned_of


def note_on_nothing(files: int, raw: Path) -> list[str]:
    """Return a note if the raw folder holds no file at all."""
    return [] if files else [f"{raw} holds no file: put the articles there, in all their languages"]


def note_on_unexpected(rejections: Sequence[Rejection], config: Config) -> list[str]:
    """Return a note on the files in languages that the run does not expect; none for none."""
    counts = Counter(rejection.language for rejection in rejections if rejection.language)
    if not counts:
        return []
    codes = [code for code, _ in counts.most_common(max(0, MAX_LANGUAGES - len(config.languages)))]
    labels = in_words([f"{count:,} in {language_label(code)}" for code, count in counts.most_common()])
    left = f"left alone, because the run does not expect their languages: {labels}"
    if not codes:
        return [f"{left}; a run takes at most {MAX_LANGUAGES} languages"]
    return [f"{left}. This takes them in: {_command(config, codes)}{_unlearned(config, codes)}"]


def _command(config: Config, codes: Sequence[str]) -> str:
    model = f" --model {shlex.quote(config.model)}" if config.model else ""
    languages = ",".join((*config.languages, *codes))
    return synoptic(f"align {quoted(config.raw)} {quoted(config.out)} --languages {languages}{model}")


def _unlearned(config: Config, codes: Sequence[str]) -> str:
    """Return a warning if the model of the run has not learned some of the languages."""
    model = model_for(config.model, (*config.languages, *codes))
    learned = learned_of(config.model, learned_languages(model), codes)
    if not learned.unknown:
        return ""
    labels = in_words(list(map(language_label, learned.unknown)))
    return f" ({learned.model} has not learned {labels}; {RECOMMENDED} has, with --model)"
