"""A team that ended by mistake is opened again."""
