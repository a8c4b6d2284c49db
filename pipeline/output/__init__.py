"""The output of a run: its columns (`columns`), writing all or nothing (`write`), reading (`reader`)."""
