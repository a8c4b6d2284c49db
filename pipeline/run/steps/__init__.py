"""Steps: each runs one stage over all files, in chunks, and skips cached results."""
