"""How fast two pages are, beside the floor no signed-in page can go below, and beside their SQL.

`make bench` runs it: on the demonstration world, on SQLite and PostgreSQL, under the server and
with the settings of `make run`. Everything is on this machine, bounded in number and in time.
Client and server share its processors, so the figures compare with each other, not with those of
another machine.
"""
