"""Which paragraphs of an article translate each other, and how probable that is; start at `align`."""
