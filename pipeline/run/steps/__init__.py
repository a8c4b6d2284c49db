"""The stages over all files, in chunks, without what is known already; start at `chunks`, then `read`."""
