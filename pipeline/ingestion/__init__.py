"""From a folder of files to decoded articles."""

MAX_FILE_BYTES = 32 * 1024 * 1024
"""The size from which on a file is rejected unread, unless the settings say otherwise."""
