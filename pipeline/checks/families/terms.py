"""Terms of the user's glossary: translated as it says, kept as they are, or not to be used at all.

Of terms that overlap in a text the longest counts: where "rete neurale" is a term, its "rete" is none.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.term_patterns import (
    ANY,
    CAPITALS,
    EXACT,
    Case,
    is_name,
    kept_spans,
    spans,
    stands_joined,
)
from pipeline.datatypes import Span
from pipeline.languages import facts
from pipeline.languages.codes import language_name
from pipeline.languages.word_forms import irregular_forms


class Term(NamedTuple):
    """An entry of a glossary."""

    forms: Mapping[str, tuple[str, ...]]  # how each language may say it, the first being the usual way
    kept: tuple[str, ...]  # or how it stands in every language
    forbidden: Mapping[str, tuple[str, ...]] = MappingProxyType({})  # how no language may; "" is any language
    exact_case: bool | None = None  # whether case counts; None: as the term looks


class _Place(NamedTuple):
    """Where a term stands in a text."""

    span: Span
    term: int


_WORD = re.compile(r"[^\W_]+")
_KEY, _SHORT = 2, 4
"""Letters by which a text is searched for the terms that may be in it; of words so short, the first alone."""

_FOLD = str.maketrans("óąęäöüå", "oeeaoua")
"""Letters that change inside a stem: "róg", "rogi"."""

_HABIT, _ENOUGH = 0.8, 5
"""Share of terms with a capital from which a glossary is taken to write all so, and from how many terms. A
list of names loses nothing by it but the difference between "Corea" and "corea"."""


class Glossary:
    """Terms, found quickly by the first letters of the words of a text."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        plain = [({**term.forms}, term.kept, {**term.forbidden}, term.exact_case) for term in self.terms]
        self.digest = hashlib.blake2b(repr(plain).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        self._by_start: dict[str, dict[str, list[int]]] = {}
        self._habits: dict[str, bool] = {}

    def candidates(self, text: str, language: str) -> list[int]:
        """The terms, by number, of which a word of the text has the first letters."""
        if language not in self._by_start:
            self._by_start[language] = self._starts(language)
        starts = self._by_start[language]
        words = _WORD.findall(text.casefold().translate(_FOLD))
        if facts(language).spaced:
            keys = {word[:size] for word in words for size in (1, _KEY)}
        else:  # a term may begin anywhere
            keys = {
                word[place : place + size]
                for word in words
                for place in range(len(word))
                for size in (1, _KEY)
            }
        return sorted({number for key in keys for number in starts.get(key, ())})

    def case_of(self, term: Term, form: str, language: str) -> Case:
        """Which capitals a text must have where the source says a term, or where a term is forbidden."""
        if term.exact_case is not None:
            return EXACT if term.exact_case else ANY
        if is_name(form) or (form[:1].isupper() and not self._has_habit(language)):
            return CAPITALS
        return ANY

    def _has_habit(self, language: str) -> bool:
        """Whether the glossary begins terms of a language with a capital whatever they are."""
        if language not in self._habits:
            forms = [form for term in self.terms for form in term.forms.get(language, ())]
            capitals = sum(form[:1].isupper() for form in forms)
            self._habits[language] = len(forms) >= _ENOUGH and capitals >= _HABIT * len(forms)
        return self._habits[language]

    def _starts(self, language: str) -> dict[str, list[int]]:
        starts: defaultdict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self.terms):
            for form in (*(term.kept or term.forms.get(language, ())), *_banned(term, language)):
                for key in _keys(form, language):
                    starts[key].append(number)
        return dict(starts)


def _keys(form: str, language: str) -> set[str]:
    """The first letters of a term in any of its forms."""
    word = _WORD.search(form.casefold())
    if not word:
        return set()
    words = (word[0], *irregular_forms(word[0], language))
    return {each[: 1 if len(each) <= _SHORT else _KEY] for each in (w.translate(_FOLD) for w in words)}


def _banned(term: Term, language: str) -> tuple[str, ...]:
    return (*term.forbidden.get(language, ()), *term.forbidden.get("", ()))


def wrong_terms(cells: Cells, glossary: Glossary) -> Iterator[Draft]:
    """Findings about terms that a source has and a target says otherwise, or as the glossary forbids.

    Of several entries for the same words, the target need heed one.
    """
    told: set[tuple[str, Span]] = set()
    for source, target in cells.pairs:
        text, other = cells.texts[source], cells.texts[target]
        banned = _banned_places(other, target, glossary)
        done: set[int] = set()
        for span, numbers in _by_span(_places(text, source, glossary)).items():
            fresh = [number for number in numbers if number not in done]
            done.update(fresh)
            used = [place for place in banned if place.term in fresh and not _is_general(glossary, place)]
            terms = [term for number in numbers if _wanted(term := glossary.terms[number], target)]
            if used and (target, used[0].span) not in told:
                told.add((target, used[0].span))
                yield _forbidden(cells, source, target, span, used[0].span, glossary.terms[used[0].term])
            elif fresh and terms and not used and not any(_has(other, term, target) for term in terms):
                yield _draft(source, target, text, span, terms[0])


def _by_span(places: Iterable[_Place]) -> dict[Span, list[int]]:
    found: dict[Span, list[int]] = {}
    for place in places:
        found.setdefault(place.span, []).append(place.term)
    return found


def forbidden_terms(cells: Cells, glossary: Glossary) -> Iterator[Draft]:
    """`entities.forbidden-term` of terms that a language must not use, whatever the others say."""
    for language, text in cells.texts.items():
        for place in _banned_places(text, language, glossary):
            if _is_general(glossary, place):
                term = glossary.terms[place.term]
                usual = next(iter(_wanted(term, language)), "")
                message = f"The glossary forbids “{text[slice(*place.span)]}”"
                message += f" and says “{usual}”" if usual else ""
                yield Draft("entities.forbidden-term", "", language, message, None, place.span, usual)


def _is_general(glossary: Glossary, place: _Place) -> bool:
    """Whether what an entry forbids is wrong in any text, since no other language tells when."""
    term = glossary.terms[place.term]
    return not set(term.forms) - set(term.forbidden) and len(term.forms) < 2


def _places(text: str, language: str, glossary: Glossary) -> list[_Place]:
    """Where terms stand in a text, in order; a term inside a longer one is none."""
    found = []
    for number in glossary.candidates(text, language):
        term = glossary.terms[number]
        for form in term.kept:
            found += [_Place(span, number) for span in kept_spans(text, form, language, _any_case(term))]
        for form in () if term.kept else term.forms.get(language, ()):
            case = glossary.case_of(term, form, language)
            found += [_Place(span, number) for span in spans(text, form, language, case)]
    return _longest(found)


def _banned_places(text: str, language: str, glossary: Glossary) -> list[_Place]:
    """Where forbidden terms stand; one inside a longer term that the glossary wants is none."""
    found = []
    for number in glossary.candidates(text, language):
        term = glossary.terms[number]
        for form in _banned(term, language):
            case = glossary.case_of(term, form, language)
            found += [_Place(span, number) for span in spans(text, form, language, case)]
    if not found:
        return []
    wanted = [place.span for place in _places(text, language, glossary)]
    return [place for place in _longest(found) if not any(_is_inside(place.span, span) for span in wanted)]


def _longest(places: Iterable[_Place]) -> list[_Place]:
    """The places that no longer one covers, in the order of the text."""
    kept: list[_Place] = []
    end, widest = -1, (0, 0)
    for place in sorted(set(places), key=lambda place: (place.span[0], -place.span[1], place.term)):
        if place.span == widest or place.span[1] > end:
            kept.append(place)
            end, widest = max(end, place.span[1]), place.span
    return kept


def _is_inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and span != other


def _any_case(term: Term) -> bool:
    """Whether a term that is kept may be written in any case."""
    return term.exact_case is False


def _wanted(term: Term, language: str) -> tuple[str, ...]:
    return term.kept or term.forms.get(language, ())


def _has(text: str, term: Term, language: str) -> bool:
    """Whether a text has what a term wants; capitals count only where the glossary says that they do.

    Languages differ in what they capitalise, so those of the source tell nothing.
    """
    wanted = _wanted(term, language)
    if stands_joined(text, wanted, language) and not term.exact_case:
        return True
    if term.kept:
        return any(any(kept_spans(text, form, language, _any_case(term))) for form in wanted)
    case = EXACT if term.exact_case else ANY
    return any(any(spans(text, form, language, case)) for form in wanted)


def _draft(source: str, target: str, text: str, span: Span, term: Term) -> Draft:
    word, theirs = text[slice(*span)], _wanted(term, target)
    if term.kept:
        message = f"“{word}” must not be translated, and is missing in {language_name(target)}"
        return Draft("entities.do-not-translate", source, target, message, span, None, theirs[0])
    wanted = " or ".join(f"“{form}”" for form in theirs)
    message = f"The glossary translates “{word}” as {wanted}, which {language_name(target)} does not have"
    return Draft("entities.term", source, target, message, span, None, theirs[0])


def _forbidden(cells: Cells, source: str, target: str, span: Span, used: Span, term: Term) -> Draft:
    word, banned = cells.texts[source][slice(*span)], cells.texts[target][slice(*used)]
    wanted = _wanted(term, target)
    message = f"The glossary forbids “{banned}” for “{word}”"
    if wanted:
        message += " and says " + " or ".join(f"“{form}”" for form in wanted)
    return Draft("entities.forbidden-term", source, target, message, span, used, next(iter(wanted), ""))
