"""On-disk storage: the cache, its pack files, codecs and locks."""
