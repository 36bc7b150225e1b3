"""What happens to a team, one folder for each event; what several events share."""
