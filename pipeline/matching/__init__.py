"""Which files are the same article."""
