"""Complaints by agency: who is late, with which cases, and which figures disagree."""

from layouts.scene import scene_of

SCENE = scene_of("opd", "Aduan dan OPD", 30, "agencies", "due", "totals")
