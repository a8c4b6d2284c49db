"""Calibration: the distributions of an encoder's cosines for translated and unrelated sentences."""
