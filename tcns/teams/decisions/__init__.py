"""The decisions that establish and change teams."""
