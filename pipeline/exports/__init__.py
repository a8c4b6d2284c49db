"""A finished corpus in the formats of other tools, one module a format.

`content` reads the corpus, `selection` says which rows are wanted, `write` puts the files in place. A
format's module has a function `write(content, folder)` that puts its files into a folder and
returns how many rows they hold, and notes for a person; it is loaded
by name when it is asked for, so that what it needs is needed by nobody else.
"""

FORMATS = {
    "tmx": ("pipeline.exports.tmx", ""),
    "xliff": ("pipeline.exports.xliff", ""),
    "xliff12": ("pipeline.exports.xliff12", ""),
    "xlsx": ("pipeline.exports.xlsx", "xlsx"),
    "jsonl": ("pipeline.exports.jsonl", ""),
    "parquet": ("pipeline.exports.parquet", "parquet"),
    "moses": ("pipeline.exports.moses", ""),
    "csv": ("pipeline.exports.excel_csv", ""),
}
"""The module of each format, and the extra that it needs."""
