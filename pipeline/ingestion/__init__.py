"""From a folder of files to decoded articles."""
