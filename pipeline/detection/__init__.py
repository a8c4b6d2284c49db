"""Which language a text is in; start at `language`."""
