"""Accounts for the members of teams, and the slips that activate them."""
