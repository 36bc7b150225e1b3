"""A decision replaces the members of a team (kiện toàn)."""
