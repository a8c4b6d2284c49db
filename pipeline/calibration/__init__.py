"""What the cosines of an encoder mean."""
