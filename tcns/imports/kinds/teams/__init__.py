"""The file of teams."""
