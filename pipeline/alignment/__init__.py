"""The rows of one article: which paragraphs translate each other, and how probable that is."""
