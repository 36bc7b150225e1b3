"""What happened to a team, told in the order of days."""
