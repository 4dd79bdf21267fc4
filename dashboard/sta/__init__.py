"""OGC SensorThings 1.1, its reading part: devices as Things, series as Datastreams, readings as Observations."""
