"""Plans and targets."""
