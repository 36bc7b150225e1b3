"""The file of teams: what is established or corrected, by which decision."""
