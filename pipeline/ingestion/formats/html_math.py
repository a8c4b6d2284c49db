"""Writes a formula in MathML as a line of text: `x²`, `1/2`, `√(a+b)`."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pipeline.ingestion.formats.reading import names

MAX_LEVELS = 60  # elements inside one another; what is deeper comes without signs between its parts
_INFIX = frozenset("=<>≤≥≠≈≡≅∼→⇒⇔↦±+-−×⋅·÷∈⊂⊆∪∩")
_NOT_SHOWN = names("annotation annotation-xml mphantom script style")
_RAISED_FROM, _RAISED_TO = "0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"
_LOWERED_FROM, _LOWERED_TO = "0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"
_RAISED, _LOWERED = str.maketrans(_RAISED_FROM, _RAISED_TO), str.maketrans(_LOWERED_FROM, _LOWERED_TO)


def math_text(node: LexborNode, level: int = 0) -> str:
    """Return the text of an element of MathML."""
    tag = node.tag or ""
    if tag == "-text":
        return " ".join((node.text_content or "").split())
    if tag in _NOT_SHOWN:
        return ""
    if level > MAX_LEVELS:
        return " ".join(node.text(deep=True).split())
    parts = [math_text(child, level + 1) for child in _children(node)]
    text = "".join(parts)
    if tag == "mo":
        return f" {text} " if text in _INFIX and node.prev is not None else text
    if tag == "mtext":
        return f" {text} "
    if tag in ("mspace", "mtd", "mtr"):
        return f"{text} "
    if tag == "mfrac" and len(parts) == 2:
        return "/".join(map(_grouped, parts))
    if tag == "msqrt":
        return f"√{_grouped(text)}"
    if tag == "mroot" and len(parts) == 2:
        return f"{_raised(parts[1])}√{_grouped(parts[0])}"
    if tag in ("msup", "mover") and len(parts) == 2:
        return parts[0] + _raised(parts[1])
    if tag in ("msub", "munder") and len(parts) == 2:
        return parts[0] + _lowered(parts[1])
    if tag in ("msubsup", "munderover") and len(parts) == 3:
        return parts[0] + _lowered(parts[1]) + _raised(parts[2])
    return " ".join(text.split()) if tag == "math" else text


def _children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield what is in an element, without the blank text between its elements."""
    child = node.first_child
    while child is not None:
        if child.tag != "-text" or (child.text_content or "").strip():
            yield child
        child = child.next


def _grouped(text: str) -> str:
    text = text.strip()
    return text if text.isalnum() or len(text) == 1 else f"({text})"


def _raised(text: str) -> str:
    text = text.strip()
    if text and all(sign in _RAISED_FROM for sign in text):
        return text.translate(_RAISED)
    return f"^{_grouped(text)}" if any(map(str.isalnum, text)) else text


def _lowered(text: str) -> str:
    text = text.strip()
    if text and all(sign in _LOWERED_FROM for sign in text):
        return text.translate(_LOWERED)
    return f"_{_grouped(text)}" if any(map(str.isalnum, text)) else text
