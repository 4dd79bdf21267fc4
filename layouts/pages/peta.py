"""The map on a desk: every layer to move, to choose and to click, and the same in tables."""

from layouts.page import page_of

PAGE = page_of("peta", "/peta", lambda _city, _options: "Peta kota", "atlas", place=20, menu="Peta", wide=("atlas",))
