"""What needs somebody's attention: found by rules over the records, listed to be worked through."""
