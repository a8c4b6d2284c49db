"""Text clean-up that repairs and never rewrites; start at `normalise`."""
