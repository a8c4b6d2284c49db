"""What reviewers decided: an append-only log that belongs to people, and what of it applies in a run.

`record` is a decision and its form as a line, `store` the file `decisions.csv`. `resolve` finds out what of
the log applies to the texts of a run, `replay` what it says of the rows of a finished corpus. `incoming`
reads decisions from files that come back, and `apply` adds them to the log.
"""
