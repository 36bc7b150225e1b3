"""How fast two pages are, and logging sessions, each beside a floor that none can go below.

`make bench` runs it: on the demonstration world, on SQLite and PostgreSQL, under the server and
with the settings of `make run`. Everything is on this machine, bounded in number and in time.
Client and server share its processors, so the figures compare with each other, not with those of
another machine.
"""
