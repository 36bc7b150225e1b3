"""Persons who may be on file twice: found, compared, joined into one, or told apart for good."""
