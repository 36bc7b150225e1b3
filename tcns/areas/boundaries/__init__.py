"""Boundaries of areas, for maps: read from a file, made small together, kept for a map day.

Nothing but pictures is made of them: which areas there are, and what lies in which, the tree says.
"""
