"""Reads a folder of files into decoded articles."""

MAX_FILE_BYTES = 32 * 1024 * 1024
"""Default size limit; larger files are rejected unread."""
