"""Steps: each runs one stage over all files, in chunks, without what is known already."""
