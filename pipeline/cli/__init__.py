"""The command-line interface: click commands and terminal output."""
