"""A complete run; this package alone defines the order of the stages."""
