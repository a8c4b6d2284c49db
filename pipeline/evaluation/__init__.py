"""Evaluation of a finished run against a gold file."""
