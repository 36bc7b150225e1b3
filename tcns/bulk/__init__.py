"""The same done to many records of a list at once."""
