"""Finding teams, persons, areas and decisions by what somebody typed, in one box."""
