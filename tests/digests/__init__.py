"""Tests of the week of a commune."""
