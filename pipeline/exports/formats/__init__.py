"""The export formats, one module each, loaded when asked for."""
