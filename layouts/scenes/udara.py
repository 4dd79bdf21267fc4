"""What the city breathes and hears, judged by the tables of both regulations."""

from layouts.scene import scene_of

SCENE = scene_of("udara", "Udara dan bising", 40, "ispu", "noise", "weather_now")
