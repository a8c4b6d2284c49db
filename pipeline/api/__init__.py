"""The Python interface for scripts and notebooks; `pipeline` and `synoptic` export its public names."""
