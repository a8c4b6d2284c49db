"""How near a finished run comes to a gold file."""
