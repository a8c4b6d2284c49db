"""Abbreviations of each language, in one place, for everything that splits sentences.

Words are without their last full stop and in small letters. To add a language, add an entry to
`ABBREVIATIONS`.
"""

from __future__ import annotations

from typing import NamedTuple


class Abbreviations(NamedTuple):
    """The abbreviations of one language."""

    open: frozenset[str]  # something always follows: a name, a number, the thing itself
    closing: frozenset[str]  # may also end a sentence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH_NAMES = _words(
    """
    mr mrs ms dr prof st jr sr mt ft vs inc ltd co corp bros dept univ fig figs vol ed eds pp cf approx
    jan feb apr aug sep sept oct nov dec gen col lt sgt capt cpt maj cmdr adm rev hon gov sen rep pres
    e.g i.e ph.d m.d
    """
)
"""English titles and abbreviations: they stand before names in texts of every language."""

_ITALIAN = Abbreviations(
    open=_words(
        """
        sig sigg sig.ra sig.na sig.re dott dott.ssa dr.ssa prof.ssa proff avv ing arch geom rag on
        mons cav comm magg serg amm card s ss art artt capp fig figg pag pagg p pp n nn nr num vol
        voll cfr cf vd v es p.es ad.es c.d cd cosidd tel cell fax c.so v.le p.zza p.le ss.mm lett
        cpv rif prot op cit trad seg segg ab
        """
    ),
    closing=_words("ecc etc a.c d.c s.p.a s.r.l s.n.c s.a.s a.m p.m u.s.a"),
)

_POLISH = Abbreviations(
    open=_words(
        """
        ul al pl os dr hab inż mgr lic lek med ks św bł bp abp kard hr płk ppłk mjr kpt por ppor
        chor sierż plut mł kpr szer kmdr red dyr prez wicedyr przew sekr tzw tzn tj m.in np zob ww
        wg im str nr art ust pkt poz rys tab ryc t cz rozdz wyd przyp oprac tłum woj pow gm ok tys
        godz pt ang niem fr łac wł hiszp ros zm ur ds pn płd zach wsch śr jw
        """
    ),
    closing=_words("r w itp itd i.t.p p.n.e n.e zł proc in r.ż b.d tel fax"),
)

_KOREAN = Abbreviations(open=frozenset(), closing=frozenset())

_ENGLISH = Abbreviations(open=_words("no"), closing=_words("etc a.m p.m u.s u.k u.s.a b.c a.d"))

ABBREVIATIONS = {"en": _ENGLISH, "it": _ITALIAN, "ko": _KOREAN, "pl": _POLISH}


def abbreviations(language: str) -> Abbreviations:
    """Return the abbreviations of a language; of one that has no table, the English names alone."""
    own = ABBREVIATIONS.get(language, Abbreviations(frozenset(), _words("etc")))
    return Abbreviations(own.open | _ENGLISH_NAMES, own.closing)
