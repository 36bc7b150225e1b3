"""Tests of what stands between the models and the engines."""
