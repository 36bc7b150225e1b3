"""An installation: its environment, its settings, its database, its server; `make dev`."""
