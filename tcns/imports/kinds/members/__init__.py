"""The file of members."""
