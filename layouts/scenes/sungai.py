"""Rivers and rain: what comes from upstream, what has risen here, and who calls because of it."""

from layouts.scene import scene_of

SCENE = scene_of("sungai", "Sungai dan hujan", 15, "warnings", "gauges", "rain", "flood_links")
