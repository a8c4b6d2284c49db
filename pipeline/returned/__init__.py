"""Files that come back from people and from other tools: what they decided and changed.

`xliff` and `tmx` read translation files as `units`; `matching` finds the row of each unit, `differences` what
it changes there, and `repeats` what the export itself had written. `apply` adds the decisions of one file or
several to the log.
"""
