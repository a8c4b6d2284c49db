"""From a folder of files to decoded articles; start at `ingest`."""

MAX_FILE_BYTES = 32 * 1024 * 1024
"""A larger file is rejected unread, unless the settings say otherwise."""
