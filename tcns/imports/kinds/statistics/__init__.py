"""The file of statistics: what was counted of each village, from which day."""
