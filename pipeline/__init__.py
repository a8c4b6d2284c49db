"""Synoptic: raw articles in several languages in, a parallel corpus out.

An article flows through the modules in this order::

    ingest -> normalise -> language -> segment -> embed -> match -> align -> checks -> corpus

`run.py` is that flow as one list of calls; `datatypes.py` holds the records that travel along it.
"""

__version__ = "0.1.0"
