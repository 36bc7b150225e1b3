"""The file of villages."""
