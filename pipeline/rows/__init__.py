"""Builds the rows of an article from its alignment, including boilerplate and reasons for unmatched rows."""
