"""Sentence encoders and the vectors they compute."""
