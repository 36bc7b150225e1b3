"""Figures for everybody, where the province switches it on: no personal data, nothing of villages.

What is given out is stricter than what officials see: approved sessions alone, districts and
communes alone, periods that are over alone, and no figure of one or two people.
"""
