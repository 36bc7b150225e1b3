"""Teams, the decisions that establish them, persons, and their memberships."""
