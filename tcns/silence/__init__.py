"""Teams that have been silent for long: found, worst first, with words to wake them up."""
