"""Export formats, one module each, imported on demand."""
