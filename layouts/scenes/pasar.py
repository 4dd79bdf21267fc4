"""What everything costs: every commodity judged, alarms about prices, and which markets have reported."""

from layouts.scene import scene_of

SCENE = scene_of("pasar", "Harga pasar", 50, "market_board", "price_alarms", "market_reports")
