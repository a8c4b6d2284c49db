"""Numbers that are no quantities: telephone numbers, however they are grouped, and parts of addresses."""

from __future__ import annotations

import re

from pipeline.languages.numbers import Mention

_FEWEST = 7
"""Digits from which a row of groups is the number of a telephone, an account or the like."""

_GROUPS = re.compile(r"\d(?:[ \u00a0.()/-]{0,3}\d){6,40}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S{1,64}@\S+", re.IGNORECASE)


class Identifiers:
    """The long rows of digits and the addresses of a text."""

    def __init__(self, text: str) -> None:
        self._groups = [(match.span(), _digits(match[0])) for match in _GROUPS.finditer(text)]
        self._addresses = [match[0] for match in _ADDRESS.finditer(text)]

    def holds(self, written: str) -> bool:
        """Whether a number stands in an address of the text."""
        return any(written in address for address in self._addresses)

    def shares(self, other: Identifiers, mention: Mention) -> bool:
        """Whether the other text has the row of digits that a mention belongs to, however grouped.

        The code of the country and the zero that stands in its place may be missing.
        """
        return any(
            one.endswith(two) or two.endswith(one)
            for (start, end), one in self._groups
            if start <= mention.start and mention.end <= end
            for _, two in other._groups
        )


def _digits(text: str) -> str:
    """The digits of a row of groups without the zeros in front, which are not dialled from abroad."""
    digits = "".join(filter(str.isdigit, text))
    return digits.lstrip("0") if len(digits.lstrip("0")) >= _FEWEST else digits
