"""Open311 GeoReport v2: complaints of the city's own service, read and reported as citizens' applications know it."""
