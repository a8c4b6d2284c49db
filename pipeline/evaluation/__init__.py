"""How close a finished run comes to a gold file; start at `evaluate`."""
