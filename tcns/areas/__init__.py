"""Province, district, commune, village: names, places in the tree, successions, by date."""
