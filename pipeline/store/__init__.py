"""What is kept on disk between runs: the cache (`cache`), its packs, codecs, and the lock on a folder."""
