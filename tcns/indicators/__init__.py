"""The catalogue of what is counted beside participants and households: data, not columns."""
