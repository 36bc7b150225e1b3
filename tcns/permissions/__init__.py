"""Who may do what, and where.

`vocabulary` has permissions and roles, and the one table that joins them; `scope` the records on
which somebody may; `guards` what views say.
"""
