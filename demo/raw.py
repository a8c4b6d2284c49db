"""Writes the texts of the demonstration as raw files."""

from __future__ import annotations

import html
import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ARTICLES = Path(__file__).parent / "articles"


class Version(NamedTuple):
    """One language of an article, and the file that it becomes."""

    language: str
    file: str
    text: str
    title: str = ""
    encoding: str = "utf-8"
    around: tuple[str, ...] = ()  # what a web page shows above the article


class Article(NamedTuple):
    """The versions of an article, and the rules that its faults set off."""

    name: str
    versions: tuple[Version, ...]
    expects: tuple[str, ...]


def articles() -> Iterator[Article]:
    """Yield the articles by name."""
    for path in sorted(ARTICLES.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        expects = tuple(content.pop("expects"))
        versions = (_version(name.partition("-")[0], **said) for name, said in content.items())
        yield Article(path.stem, tuple(versions), expects)


def _version(language: str, text: str, around: list[str] = (), **said: str) -> Version:  # type: ignore[assignment]
    return Version(language, text=text.strip(), around=tuple(around), **said)


def write_raw(folder: Path) -> None:
    """Write a raw file for each version into the folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles():
        for version in article.versions:
            made = _FORMATS.get(Path(version.file).suffix, _plain)(version)
            (folder / version.file).write_bytes(made.encode(version.encoding))


def _plain(version: Version) -> str:
    return version.text and f"{version.text}\n"


def _json(version: Version) -> str:
    record: dict[str, Any] = {"title": version.title, "lang": version.language, "body": _body(version)}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _page(version: Version) -> str:
    menu = "".join(f'<li><a href="#">{html.escape(entry)}</a></li>' for entry in version.around)
    title = html.escape(version.title)
    return (
        f'<!doctype html>\n<html lang="{version.language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body>\n<nav><ul>{menu}</ul></nav>\n<main>\n<h1>{title}</h1>\n{_paragraphs(version)}\n</main>\n"
        "</body></html>\n"
    )


def _feed(version: Version) -> str:
    title, body = html.escape(version.title), html.escape(_paragraphs(version))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{title}</title><language>{version.language}</language>\n"
        f"<item><title>{title}</title><guid>1</guid><description>{body}</description></item>\n</channel></rss>\n"
    )


def _paragraphs(version: Version) -> str:
    return "\n".join(f"<p>{html.escape(text)}</p>" for text in _body(version).split("\n\n"))


def _body(version: Version) -> str:
    """Return the text without a first line that repeats the title."""
    return version.text.removeprefix(version.title).strip()


_FORMATS: dict[str, Callable[[Version], str]] = {".html": _page, ".json": _json, ".xml": _feed}
