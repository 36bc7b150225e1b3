"""The list of teams, page by page, and its file."""
