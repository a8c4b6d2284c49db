"""What is kept on disk: cache, packs, codecs, locks."""
