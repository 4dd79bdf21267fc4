"""All alarms that want somebody, and the steps that one takes at many at once."""

from layouts.page import page_of

PAGE = page_of(
    "alarm", "/alarm", lambda _city, _options: "Alarm", "alarm_list", place=5, menu="Alarm", wide=("alarm_list",),
    deeds=True,
)  # fmt: skip
