"""Text normalisation that repairs damage and never rewrites."""
