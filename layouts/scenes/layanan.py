"""Every service and the emergencies."""

from layouts.scene import scene_of

SCENE = scene_of("layanan", "Layanan", 20, "services", "emergency", "complaints", "feeds")
