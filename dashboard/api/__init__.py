"""What other programs read: `/api/v1`, lists of readings, prices and cases in JSON, CSV and GeoJSON."""
