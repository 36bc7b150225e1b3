"""The courses that members took."""
