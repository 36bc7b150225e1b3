"""Who is in a team: memberships and the persons who hold them, one by one or many at once.

Joining, changing role, leaving, moving to another team; persons and their details; their files.
"""
