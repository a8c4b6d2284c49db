"""Reviewers' decisions: an append-only log, and its effect on a run.

`record` defines a decision and its line format, `log` the file `decisions.csv`. `resolve` applies the
log to the articles of a run, `replay` to the rows of a finished corpus. `incoming` reads decisions from
files that reviewers send back, `edited` makes decisions of rows that they changed, and `conflicts` finds
those that contradict each other.
"""
