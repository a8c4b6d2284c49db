"""Output of a run: columns, atomic writing, and reading a finished run."""
