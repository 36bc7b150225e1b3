"""Open data: what everybody may know, and what hides who is behind it."""
