"""The rows of an article with their texts, ids and status; start at `compose`."""
