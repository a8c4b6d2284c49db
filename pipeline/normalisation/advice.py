"""What suspicions mean to people; apart from what finds them, which only workers load."""

from __future__ import annotations

ADVICE = {
    "machine_translation": "marks that a machine left; put in what belongs there",
    "missing_characters": "letters are missing; look them up in the original",
    "misread_letters": "letters were read with a wrong table; save the original as UTF-8",
    "truncated_end": "the text breaks off; see whether the original goes on",
}
"""What each suspicion means, and what to do about it."""
