"""Rows with their texts: what the aligner found, what was set aside, why a paragraph stands alone."""
