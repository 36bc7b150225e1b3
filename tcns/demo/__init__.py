"""The demonstration world: real areas, invented people, the published figures."""
