"""A copy of everything, and the way back from it."""
