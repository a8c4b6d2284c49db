"""Aligns the texts of one article into rows of paragraphs, with the probability of each row."""
