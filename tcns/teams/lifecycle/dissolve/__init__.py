"""Teams end by a decision."""
