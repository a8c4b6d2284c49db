"""What is special about posts of WordPress: their types, their states, the form that they are stored in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.ingestion.formats.shortcodes import has_shortcodes, without_shortcodes

_NO_ARTICLES = frozenset(
    (
        *("attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache"),
        *("user_request", "wpcf7_contact_form", "mc4wp-form", "elementor_library", "product_variation"),
        *("feedback", "scheduled-action", "wpforms", "tablepress_table", "popup"),
    )
)
_NO_ARTICLE_PREFIXES = ("wp_", "acf-", "acf_", "elementor", "et_", "vc_", "shop_", "jp_", "fusion_", "_")
"""Item types of pictures, menus, settings and parts of pages; other types are articles of their own kind."""

_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_PRE = re.compile(r"(<pre\b(?:(?!<pre\b).)*?</pre>)", re.DOTALL | re.IGNORECASE)
_EMBED = re.compile(r"(<div class=\"wp-block-embed__wrapper\">)\s*https?://[^\s<]+\s*(?=</div>)")


def why_no_article(texts: Mapping[str, str]) -> str:
    """Return why an item of an export is no published article; "" if it is one.

    `texts` are the item's fields, those of WordPress under names such as "wp:status".
    """
    kind = texts.get("wp:post_type") or "post"
    if kind in _NO_ARTICLES or kind.startswith(_NO_ARTICLE_PREFIXES):
        return f"is no article: WordPress calls it {kind[:40]}"
    status = texts.get("wp:status") or "publish"
    if status != "publish":
        return f"is not published: its status in WordPress is {status[:40]}"
    if texts.get("wp:post_password"):
        return "is not public: WordPress protects it by a password"
    return ""


def as_html(body: str) -> str:
    """Convert the stored form of a post to HTML: blank lines separate paragraphs, shortcodes hold media."""
    body = _EMBED.sub(r"\1", body.replace("\r\n", "\n"))
    return "".join(part if k % 2 else _paragraphs(part) for k, part in enumerate(_PRE.split(body)))


def as_stored(body: str) -> str:
    """Return the body of an article from anywhere: with shortcodes, it is a post in its stored form."""
    return as_html(body) if has_shortcodes(body) else body


def _paragraphs(text: str) -> str:
    return _BLANK_LINES.sub("<br><br>\n", without_shortcodes(text))
