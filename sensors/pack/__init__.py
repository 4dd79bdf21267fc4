"""How a city pack's files become frozen objects; `sensors.city` puts them together."""
