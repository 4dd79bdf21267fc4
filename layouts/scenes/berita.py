"""What is announced: warnings, the city's news, its paper, and what the police say."""

from layouts.scene import scene_of

SCENE = scene_of("berita", "Berita dan peringatan", 70, "bulletins", "news", "epaper", "police")
