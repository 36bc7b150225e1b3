"""The file of households: how many each village has, from which day."""
