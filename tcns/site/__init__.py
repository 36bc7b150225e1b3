"""An installation: its environment, its settings, its database brought up to date, its server."""
