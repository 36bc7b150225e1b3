"""A team ends by going into another."""
