"""Reads what the styles of a page do to its text: hide it, or set a `span` as a paragraph of its own.

Styles come from `style` attributes and from `style` elements. Style sheets in other files are not read, so
the class names by which common frameworks hide something stand for their rules. Of a selector, the classes,
ids and elements count; one with anything else (`:hover`, `[lang]`) says what happens in some state, and is
skipped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

SCREEN = 1280  # pixels; the width of the screen for which rules of `@media` are read
MAX_RULES = 200  # rules read for one name
MAX_CACHED = 500  # characters of an attribute whose meaning is remembered
OFF_SCREEN = -900  # pixels or em from which a text is moved out of sight

_INTERESTING = re.compile(
    r"display|visibility|font|clip|text-indent|position|overflow|opacity|scale|color|vertical-align"
)
_MOTION = ("transform", "transition", "animation", "will-change", "filter", "translate", "scale")
_BLOCK_DISPLAYS = frozenset(
    (
        *("block", "flex", "grid", "table", "list-item", "flow-root", "table-row", "table-cell"),
        *("table-caption", "-webkit-box"),
    )
)
_ZERO = re.compile(r"\A0*(?:\.0+)?(?:[a-z]{1,4}|%)?(?:/.*)?\Z")
_SMALLER = re.compile(r"(?:0?\.[5-9]\d*r?em|[5-9]\d(?:\.\d+)?%|smaller)\Z")
_NUMBER = re.compile(r"-?(?:\d{1,9}(?:\.\d+)?|\.\d+)")
_CLIPPED = re.compile(r"(?:rect|inset)\(\s*(?:[01](?:px)?|50%|100%)\s*[,)\s]")
_SCALED_AWAY = re.compile(r"scale(?:3d|x|y)?\(\s*0(?:\.0+)?\s*[,)]")
_HIDING_CLASSES = frozenset(
    (
        *("visually-hidden", "visuallyhidden", "visually-hidden-focusable", "is-visually-hidden"),
        *("u-visually-hidden", "hidden-visually", "hide-visually", "sr-only", "sr-only-focusable"),
        *("screen-reader-text", "screen-reader-only", "screen-reader", "screenreader", "screenreader-only"),
        *("element-invisible", "element-hidden", "a11y-hidden", "assistive-text", "d-none", "hidden"),
        *("elementor-screen-only", "u-hidden", "is-sr-only", "show-for-sr", "cdk-visually-hidden"),
        *("is-hidden", "hide", "invisible", "uk-hidden", "w3-hide", "display-none"),
        *("material-icons", "material-icons-outlined", "material-symbols-outlined"),
        *("material-symbols-rounded", "mw-editsection", "mw-jump-link"),
    )
)
"""Class names by which Bootstrap, Tailwind, WordPress, Drupal and others hide an element or show an icon."""
_SHOWN_AGAIN = re.compile(
    r"(?:^|\s)(?:d-(?:sm|md|lg|xl|xxl)-|(?:sm|md|lg|xl|2xl):)"
    r"(?:block|flex|grid|inline|inline-block|inline-flex|table|contents|visible|not-sr-only)(?:$|\s)"
)
_COMPOUND = re.compile(r"\A(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)*\Z", re.IGNORECASE)
_PARTS = re.compile(r"[.#]?[\w-]+")
_BRACES = re.compile(r"[{}]")
_WIDTHS = re.compile(r"(min|max)-width\s*:\s*(\d{1,6}(?:\.\d+)?)(px|em|rem)")


class Style(NamedTuple):
    """The properties of an element that matter to its text; "" or None if nothing is said."""

    display: str = ""  # "none", "block" or "inline"
    visible: bool | None = None
    sized: bool | None = None  # False for letters of size zero
    moved: bool = False  # out of sight
    faded: bool = False  # transparent or folded, with nothing that would bring it back
    level: str = ""  # "sup" or "sub" for text above or below the line

    def over(self, other: Style) -> Style:
        """Return this style with what it leaves open taken from another."""
        if self is PLAIN or other is PLAIN:
            return other if self is PLAIN else self
        return Style(
            self.display or other.display,
            other.visible if self.visible is None else self.visible,
            other.sized if self.sized is None else self.sized,
            self.moved or other.moved,
            self.faded or other.faded,
            self.level or other.level,
        )


PLAIN = Style()
_HIDDEN = Style(display="none")


class Rule(NamedTuple):
    """A rule of a style sheet: what the element and the ones around it have to be, and the style."""

    own: frozenset[str]
    around: frozenset[str]
    style: Style
    weight: tuple[int, int, int]  # ids, classes and elements in the selector, as CSS weighs them


def style_of(declarations: str) -> Style:
    """Return the style in declarations such as `display: none; color: red`."""
    return _cached_style(declarations) if len(declarations) < MAX_CACHED else _style(declarations)


def _style(declarations: str) -> Style:
    text = declarations.lower()
    if not _INTERESTING.search(text):
        return PLAIN
    said: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition(":")
        said[name.strip()] = value.partition("!")[0].strip()
    return Style(
        _display(said.get("display", "")),
        _visible(said),
        _sized(said),
        _moved(said),
        _faded(said),
        _level(said),
    )


_cached_style = lru_cache(4096)(_style)


def _display(value: str) -> str:
    if value in ("", "none"):
        return value
    return "block" if value.split()[0] in _BLOCK_DISPLAYS else "inline"


def _visible(said: Mapping[str, str]) -> bool | None:
    value = said.get("visibility")
    return None if value is None else value not in ("hidden", "collapse")


def _sized(said: Mapping[str, str]) -> bool | None:
    value = said.get("font-size") or said.get("font", "").partition(" ")[0]
    if not value or not (value[0].isdigit() or value[0] == "."):
        return None if "font-size" not in said else True
    return _ZERO.match(value) is None


def _moved(said: Mapping[str, str]) -> bool:
    """Return whether a text is moved or cut out of sight, as texts for screen readers are."""
    if _number(said.get("text-indent", "")) <= OFF_SCREEN:
        return True
    if said.get("position") not in ("absolute", "fixed"):
        return False
    if (
        min(_number(said.get(side, "")) for side in ("left", "top", "right", "inset-inline-start"))
        <= OFF_SCREEN
    ):
        return True
    if _CLIPPED.match(said.get("clip", "")) or _CLIPPED.match(said.get("clip-path", "")):
        return True
    small = all(name in said and _number(said[name]) <= 1 for name in ("width", "height"))
    return small and said.get("overflow") == "hidden"


def _level(said: Mapping[str, str]) -> str:
    """Return whether a text stands above or below the line; what is only moved has to be smaller as well."""
    align = said.get("vertical-align", "")
    if align in ("super", "sub"):
        return "sup" if align == "super" else "sub"
    if not _SMALLER.match(said.get("font-size", "")):
        return ""
    if align[:1].isdigit() or align[:1] == "-":
        step = _number(align)
    else:
        step = -_number(said.get("top", "")) if said.get("position") == "relative" else 0.0
    return "sup" if step > 0 else "sub" if step < 0 else ""


def _faded(said: Mapping[str, str]) -> bool:
    """Return whether a text is transparent or folded to nothing, and not about to appear or unfold."""
    if _SCALED_AWAY.search(said.get("transform", "")) and not any(map(said.__contains__, _MOTION[1:4])):
        return True
    if said.get("color") == "transparent" and not any("clip" in name or "shadow" in name for name in said):
        return True
    if any(name.startswith(_MOTION) for name in said):
        return False
    if "opacity" in said and _ZERO.match(said["opacity"]):
        return bool(said["opacity"])
    height = said.get("max-height") or said.get("height", "")
    return said.get("overflow") == "hidden" and height[:1] == "0" and _ZERO.match(height) is not None


def _number(value: str) -> float:
    match = _NUMBER.match(value)
    return float(match[0]) if match else 0.0


class StyleSheet:
    """The rules in the `style` elements of a page, and the class names of common frameworks."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        for source in sources:
            if _INTERESTING.search(source.lower()):
                self._add(source)
        self._around = frozenset(
            token for rules in self._rules.values() for rule in rules for token in rule.around
        )

    def _add(self, source: str) -> None:
        for selectors, declarations in _rules_in(source):
            style = style_of(declarations)._replace(faded=False)  # another rule may show it, in some state
            if style == PLAIN:
                continue
            for selector in selectors.split(","):
                rule = _rule(selector, style)
                if rule is not None:
                    rules = self._rules[_key(rule.own)]
                    if rules and rules[-1]._replace(style=style) == rule:
                        rules[-1] = rule._replace(style=style.over(rules[-1].style))
                    elif len(rules) < MAX_RULES:
                        rules.append(rule)

    def style(self, tag: str, names: str, id_: str, around: Mapping[str, int]) -> tuple[Style, bool]:
        """Return what the rules say about an element with a `class` and an `id` inside others.

        The second value is False if it hangs on the others.
        """
        found = _HIDDEN if _hides(names) else PLAIN
        if not self._rules:
            return found, True
        own = _tokens(tag, names, id_)
        rules = [rule for token in own for rule in self._rules.get(token, ()) if rule.own <= own]
        for rule in sorted(rules, key=lambda rule: rule.weight):
            if not rule.around or all(around.get(token) for token in rule.around):
                found = rule.style.over(found)
        return found, not any(rule.around for rule in rules)

    def counted(self, tag: str, names: str, id_: str) -> frozenset[str]:
        """Return what of an element the rules for others inside it ask for."""
        return self._around.intersection(_tokens(tag, names, id_)) if self._around else self._around

    def __bool__(self) -> bool:
        """Return whether the page has rules of its own."""
        return bool(self._rules)


def _tokens(tag: str, names: str, id_: str) -> set[str]:
    """Return an element's name, classes and id as selectors write them."""
    found = {f".{name}" for name in names.split()}
    found.add(tag)
    if id_:
        found.add(f"#{id_}")
    return found


def _hides(names: str) -> bool:
    return (
        bool(names) and not _HIDING_CLASSES.isdisjoint(names.split()) and _SHOWN_AGAIN.search(names) is None
    )


def _key(own: frozenset[str]) -> str:
    """Return the rarest kind of token: an id, a class or an element."""
    return min(own, key=lambda token: ("#.".find(token[0]) % 3, token))


def _rule(selector: str, style: Style) -> Rule | None:
    parts = selector.replace(">", " ").replace("*", " ").split()
    if not parts or not all(_COMPOUND.match(part) for part in parts):
        return None
    found = [frozenset(_token(token) for token in _PARTS.findall(part)) for part in parts]
    around = frozenset().union(*found[:-1])
    every = [token for part in parts for token in _PARTS.findall(part)]
    ids, classes = (sum(token[0] == sign for token in every) for sign in "#.")
    return Rule(found[-1], around, style, (ids, classes, len(every) - ids - classes))


def _token(token: str) -> str:
    return token if token[0] in ".#" else token.lower()


def _rules_in(source: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of the rules that hold on a screen."""
    first, *others = source.split("/*")
    text = first + "".join(part.partition("*/")[2] for part in others)
    heads: list[str] = []
    start = 0
    for brace in _BRACES.finditer(text):
        between = text[start : brace.start()].strip()
        start = brace.end()
        if brace[0] == "{":
            heads.append(between.rpartition(";")[2].strip())
        elif heads:
            head = heads.pop()
            if not head.startswith("@") and all(_holds(outer) for outer in heads):
                yield head, between


def _holds(head: str) -> bool:
    """Return whether an at-rule such as `@media (min-width: 600px)` holds on a wide screen."""
    head = head.lower()
    if head.startswith(("@layer", "@supports")):
        return True
    if not head.startswith("@media"):
        return False
    condition = head.removeprefix("@media")
    if "print" in condition or "prefers" in condition or "speech" in condition:
        return False
    for side, number, unit in _WIDTHS.findall(condition):
        width = float(number) * (1 if unit == "px" else 16)
        if (width > SCREEN) if side == "min" else (width < SCREEN):
            return False
    return True
