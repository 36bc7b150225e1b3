"""Notices: what happened to somebody's work while they were away, until they have read it."""
