"""A demonstration corpus: every verdict, every family of findings, and a review in progress.

The texts are in `articles/`, a file each with the language versions of one article and the faults that were
planted in them. `python -m demo` writes them as people have them, in several formats and encodings, aligns
them and enters the decisions of two reviewers.
"""
