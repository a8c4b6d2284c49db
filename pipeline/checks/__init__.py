"""Translation QA: what a reviewer should look at in a row.

A check is a function from the cells of a row to drafts of findings (`pipeline.checks.row_level`), from those
of an article and its sentence vectors (`pipeline.checks.families.meaning`, `pipeline.checks.families.parts`),
or from what is known of all rows (`pipeline.checks.corpus_level`). What a rule means and how grave it is
stands in `pipeline.checks.rules`.
"""
