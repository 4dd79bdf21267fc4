"""Where one shift leaves the room to the next: what stands open, what was done, what is to come, and the note."""

from layouts import links
from layouts.page import page_of

PAGE = page_of(
    "serah_terima", links.HANDOVER, lambda _city, _options: "Serah terima",
    "alarm_help", "handover", "shift_open", "shift_log", "shift_ahead",
    place=7, menu="Serah terima", wide=("alarm_help", "handover", "shift_open", "shift_log", "shift_ahead"), deeds=True,
)  # fmt: skip
