"""The output of a run: its columns, writing all or nothing, reading a finished run back."""
