"""Which teams were gained and lost between two days, by name."""
