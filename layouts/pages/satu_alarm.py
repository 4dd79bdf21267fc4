"""One alarm: what to do, what can be done now, every step so far, the figure round the moment, why, and its kin."""

from layouts.page import page_of

PAGE = page_of(
    "satu_alarm",
    "/alarm/{alarm}",
    lambda _, options: f"Alarm {options['alarm']}",
    "alarm_help",
    "alarm_facts",
    "alarm_deeds",
    "alarm_log",
    "alarm_course",
    "alarm_before",
    "alarm_kin",
    place=6,
    wide=("alarm_help", "alarm_before", "alarm_kin"),
    deeds=True,
)
