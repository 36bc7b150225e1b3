"""The file of sessions: what was held when, by which team, for how many."""
