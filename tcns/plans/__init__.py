"""Plans of the province: what its figures are to reach by which day, and how they stand."""
