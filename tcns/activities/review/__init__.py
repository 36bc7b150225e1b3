"""Reviewing sessions: the queue of those that wait, deciding, taking a decision back."""
