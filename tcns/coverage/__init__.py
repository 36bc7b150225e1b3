"""Measures and roll-ups: any measure, any area, any day or period, on any map."""
