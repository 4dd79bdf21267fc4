"""What alarms cost: how many, of which rules, in floods or not, and which rule is to be mended."""

from layouts import links
from layouts.page import page_of

PAGE = page_of("beban", links.ALARM_LOAD, lambda _, __: "Beban alarm", "alarm_load", wide=("alarm_load",))
