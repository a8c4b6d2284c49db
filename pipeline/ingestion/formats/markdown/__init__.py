"""What the readers of Markdown and MDX are made of: the head, blocks, text in paragraphs, tags."""
