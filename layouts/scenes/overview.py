"""The city in one picture: what is wrong, where, and whose it is."""

from layouts.scene import scene_of

SCENE = scene_of(
    "overview", "Ikhtisar kota", 0,
    "summary", "warnings", "air", "rivers", "map", "pulse", "prices", "complaints", "feeds", "sensors",
)  # fmt: skip
