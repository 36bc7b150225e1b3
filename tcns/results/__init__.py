"""What a team's work came to: its months beside its commune's average, and the days its members
served."""
