"""One module for each format of raw files: decoded text in, blocks in reading order out."""
