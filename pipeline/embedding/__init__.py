"""Encoders, and the vectors they make of texts; start at `vectors`."""
