"""What keeps the city going: roads, lights, water, waste, buses, beds and the application, against what is usual."""

from layouts.scene import scene_of

SCENE = scene_of(
    "kota", "Kota bergerak", 60, "traffic", "lights", "waste", "hospitals", "transit", "water", "digital"
)  # fmt: skip
