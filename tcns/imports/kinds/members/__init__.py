"""The file of members: who is in which team, as what, from when to when."""
