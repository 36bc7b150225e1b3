"""A decision changes what a team is called (điều chỉnh, bổ sung)."""
