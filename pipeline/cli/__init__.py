"""The command `synoptic`: parsing, calling, printing; start at `commands`."""
