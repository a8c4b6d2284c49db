"""The command `synoptic`: click, and how results read on a terminal."""
