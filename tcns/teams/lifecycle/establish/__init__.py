"""Teams come into being by a decision."""
