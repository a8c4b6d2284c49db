"""A run from beginning to end: the only place that knows the order of the stages. Start at `flow`."""
