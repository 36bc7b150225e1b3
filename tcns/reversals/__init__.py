"""What was done as a whole can be undone as a whole, as long as nothing has been built on it."""
