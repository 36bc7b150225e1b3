"""What was done as a whole can be undone as a whole, as long as nothing builds on it."""
