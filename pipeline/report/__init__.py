"""A report on a corpus to hand on: one printable page, or Markdown.

`facts` reads what the report is about, `document` puts it into sections, `html` and `markdown` write these.
"""
