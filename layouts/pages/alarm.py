"""All alarms that want somebody, and the steps that one takes at many at once."""

from layouts.page import page_of

PAGE = page_of(
    "alarm", "/alarm", lambda _city, _options: "Alarm", "alarm_help", "alarm_list", "changes",
    place=5, menu="Alarm", wide=("alarm_help", "alarm_list", "changes"), deeds=True,
)  # fmt: skip
