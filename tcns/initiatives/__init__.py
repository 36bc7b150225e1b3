"""Digital models by place: 4.0 markets, smart villages, learning points."""
