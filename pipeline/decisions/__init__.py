"""What reviewers decided: an append-only log that belongs to people, and what stands of it in a run.

`record` is a decision and its form as a line, `store` the file `decisions.csv`, `resolved` finds out
what of the log holds for the texts at hand, `settled` what it says of the rows of a finished corpus, and
`incoming` takes decisions from files that come back.
"""
