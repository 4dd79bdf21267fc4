"""How the city stands against its own targets: the LIVE goals, and the six pillars with what they rest on."""

from layouts.scene import scene_of

SCENE = scene_of("skor", "Skor kota", 80, "goals", "pillars")
