"""Exports of a finished corpus to the formats of other tools, one module per format.

`content` reads the corpus, `selection` filters its rows, and `write` puts the files in place. A format's
module has a function `write(content, folder)` that writes its files into a folder and returns the number of
rows and notes for the user. It is imported on demand, so its dependencies are optional.
"""

FORMATS = {
    "tmx": ("pipeline.exports.formats.tmx", ""),
    "xliff": ("pipeline.exports.formats.xliff", ""),
    "xliff12": ("pipeline.exports.formats.xliff12", ""),
    "xlsx": ("pipeline.exports.formats.xlsx", ""),
    "jsonl": ("pipeline.exports.formats.jsonl", ""),
    "parquet": ("pipeline.exports.formats.parquet", "parquet"),
    "moses": ("pipeline.exports.formats.moses", ""),
    "csv": ("pipeline.exports.formats.excel_csv", ""),
}
"""The module of each format and the extra that it requires."""
