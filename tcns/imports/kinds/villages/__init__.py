"""The file of villages: those of a commune, new or under another name."""
