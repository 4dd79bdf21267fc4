"""The weather that comes, the ground that shook, and what the city's own stations measure."""

from layouts.scene import scene_of

SCENE = scene_of("cuaca", "Cuaca dan gempa", 45, "forecast", "quakes", "weather_measured")
