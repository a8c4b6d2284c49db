"""What the cosines of an encoder mean; `measure` finds out, `figures` is what other packages ask."""
