"""What a reviewer should look at in a row; start at `row_level`.

A check is a function that returns drafts of findings. It is given the cells of a row (`row_level`), the rows
of an article and their sentence vectors (`families.meaning`, `families.parts`), or what is known of all rows
(`corpus_level`). `rules` says what each rule means and how grave it is.
"""
