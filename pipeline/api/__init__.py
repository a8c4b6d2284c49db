"""What scripts and notebooks call; `pipeline` and `synoptic` offer all of it by name. Start at `runs`."""
