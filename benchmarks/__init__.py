"""What pages cost, and logging sessions, each beside a floor that none can go below.

`make bench` runs it: on the demonstration world, on SQLite and PostgreSQL, under the server and
with the settings of `make run`; `make bench ARGS=nation` at the size of the nation. Everything is
on this machine, bounded in number and in time. Figures compare with each other, not with those of
another machine. The long work of the register is measured by python -m benchmarks.registry.
"""
