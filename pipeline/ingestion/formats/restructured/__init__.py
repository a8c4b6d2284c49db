"""What the reader of reStructuredText is made of: lines, text in paragraphs, tables."""
