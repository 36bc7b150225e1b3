"""Who is in a team: memberships, and the persons who hold them."""
