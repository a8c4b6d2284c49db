"""Dataset card of an exported corpus for the Hugging Face Hub."""

from __future__ import annotations

from collections import Counter

from pipeline import __version__
from pipeline.exports.content import Content

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def dataset_card(content: Content, file: str, rows: int) -> str:
    """Return the README.md of a dataset whose data are in `file`."""
    size = next((name for limit, name in _SIZES if rows < limit), "1M<n<10M")
    codes = "".join(f"- {code}\n" for code in content.languages)
    reviews = Counter(row.review or "not reviewed" for row in content.rows)
    reviewed = ", ".join(f"{number:,} {name}" for name, number in sorted(reviews.items())) or "none"
    return f"""---
language:
{codes}multilinguality:
- translation
task_categories:
- translation
size_categories:
- {size}
configs:
- config_name: default
  data_files:
  - split: train
    path: {file}
---

# Parallel corpus: {", ".join(content.languages)}

{rows:,} rows with text in two or more languages, made by Synoptic {__version__} from articles that are
translations of each other. A row aligns one or more paragraphs of each language.

| field | meaning |
|---|---|
| `id` | made from the texts: the same texts have the same id in every run |
| `article`, `row` | the article, and the position of the row in it |
| `translation` | the text by language code; null where the row lacks a language |
| `confidence` | the probability that exactly these paragraphs belong together |
| `status` | `aligned`: every language of the article; `partial`: some |
| `review` | a reviewer's verdict: `approved`, `rejected`, `repaired`, or empty |
| `findings` | rules of the open findings of the translation checks |

Reviewed: {reviewed}.

The licence is that of the articles; Synoptic does not know it. Name it here before you publish.
"""
