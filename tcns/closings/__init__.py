"""Closed months: whose figures stay as they are until somebody opens them again, with a reason."""
