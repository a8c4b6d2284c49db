"""A finished corpus in the formats of other tools; start at `write`.

`content` reads the corpus, `selection` says which rows are wanted, `write` puts the files in place. Each
module in `formats` has a function `write(content, folder)` that puts its files into a folder and returns how
many rows they hold, and notes for a person. It is loaded only when asked for, as it may need a library of its
own.
"""

FORMATS = {
    "tmx": ("pipeline.exports.formats.tmx", ""),
    "xliff": ("pipeline.exports.formats.xliff", ""),
    "xliff12": ("pipeline.exports.formats.xliff12", ""),
    "xlsx": ("pipeline.exports.formats.xlsx", "xlsx"),
    "jsonl": ("pipeline.exports.formats.jsonl", ""),
    "parquet": ("pipeline.exports.formats.parquet", "parquet"),
    "moses": ("pipeline.exports.formats.moses", ""),
    "csv": ("pipeline.exports.formats.excel_csv", ""),
}
"""The module of each format, and the extra that it needs."""
