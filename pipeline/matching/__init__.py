"""Which files are the same article, and the verdict on each file; start at `match`."""
