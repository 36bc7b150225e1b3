"""What lets somebody in: passwords, one-time codes, session keys."""
