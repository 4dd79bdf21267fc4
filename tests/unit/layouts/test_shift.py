"""What a shift hands over: counted by owner and priority, steps by position, deadlines by turn, and what is silent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from layouts.alarm_forms import display_at
from layouts.findings.case_states import NO_AGENCY_KEY
from layouts.findings.health import LATE, NEVER, SILENT, SILENT_AFTER, devices_health, tally
from layouts.findings.shift import ahead_of, done_of, open_of, silent_feeds, turn_of
from layouts.panel import Context
from layouts.panels import PANELS
from sensors.city import City
from sensors.kinds import KINDS
from tests.unit.layouts.answers.alarms import alarm
from tests.unit.layouts.rows import NOW, chosen, full
from tests.unit.layouts.walking import elements, marked, prop, words

GAUGE = "gauge-pintu-air-10"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def context(city: City) -> Context:
    return Context(city, NOW, chosen(city))


def test_what_stands_is_counted_by_owner_and_priority_and_what_is_shelved_stands_apart(
    city: City, context: Context
) -> None:
    high = alarm(0, "siaga-1", GAUGE, city, NOW)
    given = alarm(1, "siaga-1", GAUGE, city, NOW, assigned_to="dlh", acknowledged_at=NOW, acknowledged_by="operator-1")
    shelved = alarm(2, "siaga-1", GAUGE, city, NOW, shelved_until=NOW + 60 * MINUTE)
    nobody = alarm(3, "siaga-1", GAUGE, city, NOW, agency=None, priority="low")
    found = open_of({"alarms_now": [high, given, shelved, nobody]}, context)
    owners = {each.key: (dict(each.by_priority), each.unseen) for each in found.owners}
    assert owners == {high["agency"]: ({"high": 1}, 1), "dlh": ({"high": 1}, 0), NO_AGENCY_KEY: ({"low": 1}, 1)}
    assert [each.row["id"] for each in found.shelved] == [shelved["id"]]
    root = PANELS["shift_open"].render({"alarms_now": [high, shelved]}, context)
    hrefs = {str(prop(each, "href")) for each in elements(root)}
    assert f"/alarm?agency={high['agency']}&priority=high" in hrefs
    assert "sampai Sab 21 Nov 15.00" in words(root)


def test_steps_are_counted_by_position_never_by_name_and_the_engines_only_where_grave(city: City) -> None:
    base = full(city)["shift_steps"][0]
    steps = [
        base | {"id": 1, "actor": "engine", "step": "raised", "priority": "high"},
        base | {"id": 2, "actor": "engine", "step": "raised", "priority": "low"},
        base | {"id": 3, "actor": "operator-1", "step": "acknowledged"},
        base | {"id": 4, "actor": "operator-1", "step": "noted"},
    ]
    found = done_of({"shift_steps": steps})
    assert dict(found.by_position) == {"operator-1": 2}
    assert [row["id"] for row in found.told] == [1, 3, 4]
    assert found.counts["raised"] == 2


def test_deadlines_stand_in_the_turn_in_which_they_end(city: City, context: Context) -> None:
    opened = NOW - 5 * MINUTE
    cases = [row | {"opened_at": opened, "status_at": opened} for row in full(city)["service_open"]]
    now, then, coming = ahead_of({"service_open": cases}, context)
    turn = turn_of(context)
    assert coming.begins_at == turn.ends_at
    assert all(context.now < each.due.at <= turn.ends_at for each in now)
    assert all(turn.ends_at < each.due.at <= coming.ends_at for each in then)
    assert now


def test_a_stream_is_silent_by_the_packs_own_rule(city: City) -> None:
    (rule,) = (each for each in city.alarm_rules.values() if each.kind == "feed")
    stream, patience = rule.bounds.streams[0], rule.bounds.after
    row = {"stream": stream, "last_received_at": NOW - patience}
    assert silent_feeds({"feeds": [row]}, city, NOW) == []
    late = row | {"last_received_at": NOW - patience - MINUTE}
    assert silent_feeds({"feeds": [late, late | {"stream": "no-rule"}]}, city, NOW) == [late]


def test_the_desk_that_gave_a_shift_offers_nobody_to_accept_it_until_the_next_one_has_begun(
    city: City, context: Context
) -> None:
    turn = turn_of(context)
    row = full(city)["handovers"][1] | {"shift_began_at": turn.begins_at, "shift_ends_at": turn.ends_at}
    giver = display_at(row["written_by"])
    for now, hidden, told in (
        (NOW, f"var({giver}, inline-block)", "◆ menunggu diterima posisi lain, atau jaga Siang mulai 15.00"),
        (turn.ends_at, "", "◆ belum diterima"),
    ):
        root = PANELS["handover"].render({"handovers": [row]}, Context(city, now, chosen(city)))
        (form,) = marked(root, "id", f"handover-accept-{row['id']}")
        (button,) = (each for each in elements(form) if each["type"] == "Button")
        assert (prop(button, "style") or {"display": ""}) == {"display": hidden}
        (state,) = marked(root, "id", f"handover-state-{row['id']}")
        assert words(state) == told


def test_overview_handover_and_the_list_of_devices_count_the_same_as_silent(city: City, context: Context) -> None:
    heard = []
    for number, device in enumerate(city.devices.values()):
        for kind in device.kinds:  # heard late, within the last interval, silent, and never
            quiet = (4, 1, SILENT_AFTER, SILENT_AFTER + 1, 99)[number % 5] * KINDS[kind].expected_interval // MINUTE
            at = NOW - quiet * MINUTE - MINUTE / 2
            heard += [{"device": device.key, "kind": kind, "value": 1.0, "observed_at": at, "received_at": at,
                       "minutes": quiet, "first_seen_at": at, "status": None}] if number % 7 else []  # fmt: skip
    worked_on = next(row["device"] for row in heard if row["minutes"] > 60)
    window = {"device": worked_on, "starts_at": NOW, "ends_at": NOW + MINUTE, "reason": "ganti sensor"}
    rows = {"latest_readings": heard, "device_list": heard, "maintenance_now": [window]}
    counts = tally(devices_health(rows, city))
    silent = counts[SILENT] + counts[NEVER]
    assert 0 < counts[LATE] < len(city.devices) - silent
    (handed,) = marked(PANELS["shift_ahead"].render(rows, context), "id", "shift_ahead-silent-head")
    assert words(handed) == f"Perangkat diam: {silent}"
    (shown,) = marked(PANELS["summary"].render(rows, context), "id", "summary-devices-badge")
    assert words(shown).endswith(f" {silent} diam")


def test_before_one_hands_over_one_is_told_what_nobody_has_taken(city: City, context: Context) -> None:
    new, ended = (alarm(n, "siaga-1", GAUGE, city, NOW) for n in (1, 2))
    ended |= {"ended_at": NOW, "life": "ended"}
    taken = alarm(3, "siaga-1", GAUGE, city, NOW, acknowledged_at=NOW, acknowledged_by="operator-1")
    shelved = alarm(4, "siaga-1", GAUGE, city, NOW, shelved_until=NOW + 60 * MINUTE)
    root = PANELS["handover"].render({"alarms_now": [new, ended, taken, shelved]}, context)
    (form,) = marked(root, "id", "handover-write")
    (elsewhere,) = marked(root, "id", "handover-untaken-seen")
    for place in (form, elsewhere):
        assert "◆ 2 alarm belum diterima siapa pun" in words(place)
        assert any(prop(each, "href") == "/alarm?life=baru" for each in elements(place))
    assert "3 alarm perlu orang, 2 belum diterima, 1 ditunda" in words(
        PANELS["shift_open"].render({"alarms_now": [new, ended, taken, shelved]}, context)
    )


def test_that_everything_is_taken_is_said_only_while_the_alarms_are_judged(context: Context) -> None:
    for rows, told in (
        ({"alarm_engine": [{"beat_at": NOW}]}, "○ Tidak ada alarm yang belum diterima."),
        ({}, "Menunggu kabar pertama dari penilai alarm."),
    ):
        (form,) = marked(PANELS["handover"].render(rows, context), "id", "handover-write")
        assert told in words(form)


def test_nothing_open_and_nothing_ahead_is_said_to_be_well(city: City, context: Context) -> None:
    heard = {"latest_readings": full(city)["latest_readings"]}
    assert "○ Tidak ada alarm yang terbuka." in words(PANELS["shift_open"].render({}, context))
    assert words(PANELS["shift_ahead"].render(heard, context)).count("○") == 5
