"""The file of households."""
