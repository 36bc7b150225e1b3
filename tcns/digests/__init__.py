"""The week of a commune: what waits there, told to its officials once a week."""
