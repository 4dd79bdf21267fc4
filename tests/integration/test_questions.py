"""Every question is prepared against the real schema, has the columns that panels rely on, and says what it should."""

from __future__ import annotations

import asyncio
from contextlib import closing

import psycopg
import pytest

from data.errors import DatabaseAway, DataError
from data.queries import questions
from data.records import DeviceStatus, Rejection
from data.store import Store
from deploy.local.postgres import Postgres
from tests.asking import PARAMS, answer, write
from tests.batches import NOW, message, reading, readings, writer

pytestmark = pytest.mark.integration

COLUMNS = {
    "latest_readings": "device kind value observed_at received_at",
    "unplaced_readings": "device kind value observed_at received_at devices_total",
    "air_day_means": "device kind mean n hours",
    "noise_hours": "device bucket level n",
    "station_ranges": "device kind low high",
    "gauge_trend": "device bucket value n",
    "cases_between": "service case_id status is_open category subdistrict agency opened_at status_at first_action_at",
    "alarms_between": "id rule priority source name cause agency district subdistrict lat lon device kind value worst "
    "bound detail raised_at known_at ended_at flaps acknowledged_at acknowledged_by assigned_to shelved_until "
    "resolved_at reviewed_at life",
    "air_days": "device kind day n mean",
    "series_between": "device kind n total low high high_at hours newest",
    "rain_sums": "device mm_1h mm_24h n_1h n_24h newest",
    "flood_cases": "service district n oldest_opened_at status_at",
    "air_trend": "device bucket value",
    "price_board": "market commodity price unit observed_at previous previous_at",
    "price_trend": "commodity unit day price",
    "price_days": "commodity unit day price markets",
    "market_reports": "market last_at first_today_at commodities_today days",
    "case_counts": "status agency category district n oldest_opened_at",
    "case_days": "day opened finished",
    "recent_cases": "service case_id status status_at opened_at category subdistrict agency summary",
    "open_cases": "service case_id status status_at opened_at category subdistrict agency",
    "service_counts": "service status category open opened_today ended_today oldest_opened_at status_at",
    "service_days": "service category day opened",
    "service_open": "service case_id status category subdistrict agency opened_at status_at",
    "agency_times": "service agency category status opened acted_after ended_after status_at",
    "agency_days": "service agency category day opened ended",
    "case_flags": "service case_id status status_at agency impossible_steps n statuses",
    "service_recent": "service case_id status status_at opened_at category subdistrict",
    "service_steps": "service case_id category opened_at status at",
    "case_places": "service case_id status category subdistrict lat lon opened_at",
    "open_case_points": "service case_id status category subdistrict lat lon opened_at",
    "score_hours": "device kind hours n total high until",
    "score_days": "device kind days n total high",
    "score_cases": "service category status opened_on ended_on n opened_24h ended_24h status_at",
    "score_response": "service category status span n minutes",
    "series_course": "kind bucket n total low high observed_at",
    "series_usual": "kind hour days low middle high",
    "series_extremes": "kind high high_at low low_at days",
    "price_course": "market unit day price observed_at",
    "rejected_reasons": "reason stream times times_24h received_at topic detail",
    "rejected_messages": "id topic reason detail times first_received_at received_at payload_bytes kept_bytes payload "
    "messages",
    "retry_state": "beats reason requested_at done_at understood kept failed",
    "rain_course": "device bucket mm",
    "device_list": "device kind value observed_at received_at minutes first_seen_at status status_at",
    "device_hours": "device kind hours",
    "device_doubts": "kind doubt n observed_at",
    "alarms_now": "id rule priority source name cause agency district subdistrict lat lon device kind value worst "
    "bound detail raised_at known_at ended_at flaps acknowledged_at acknowledged_by assigned_to shelved_until "
    "resolved_at escalated life",
    "alarm_minutes": "minute n",
    "alarm_rule_figures": "rule priority n n_24h sources acknowledged_after ended_after unseen standing most_a_minute "
    "known_at",
    "alarm_tens": "bucket n",
    "alarm_marks": "id rule priority name raised_at",
    "alarms_lately": "rule source name device district lat lon raised_at ended_at",
    "alarm_list": "id rule priority source name cause agency district subdistrict lat lon device kind value worst "
    "bound detail raised_at known_at ended_at flaps acknowledged_at acknowledged_by assigned_to shelved_until "
    "resolved_at reviewed_at escalated withdrawn life minute",
    "api_alarms": "id rule priority source device kind value worst bound agency assigned_to district lat lon raised_at "
    "ended_at acknowledged_at acknowledged_by shelved_until resolved_at reviewed_at life",
    "analysis_dictionary": "kolom keterangan keterangan_tampilan",
    "alarm_counts": "wanting fresh acknowledged shelved resolved",
    "alarm_engine": "beat_at",
    "handovers": "id written_at written_by shift shift_began_at shift_ends_at note accepted_at accepted_by",
    "shift_steps": "id alarm_id at step actor note agency until rule priority name device district",
    "step_changes": "id alarm_id at step actor note agency until rule priority name device district",
    "record_readings": "device kind high at before days",
    "incident_alarms": "id rule priority source name cause agency district subdistrict lat lon device kind value worst "
    "bound detail raised_at known_at ended_at flaps acknowledged_at acknowledged_by assigned_to shelved_until "
    "resolved_at reviewed_at escalated life",
    "incident_steps": "id alarm_id at step actor note agency until rule priority name device district",
    "incident_courses": "device kind bucket n total low high high_at",
    "incident_cases": "service category bucket opened ended",
    "incident_places": "service case_id status category subdistrict lat lon opened_at",
    "incident_bulletins": "channel id title severity areas area_words source issued_at onset_at expires_at ended_at "
    "followed",
    "incident_windows": "device starts_at ends_at reason",
    "alarm_one": "id rule priority source name cause agency district subdistrict lat lon device kind value worst bound "
    "detail raised_at known_at ended_at flaps acknowledged_at acknowledged_by assigned_to shelved_until resolved_at "
    "resolved_by reviewed_at escalated withdrawn life minute",
    "alarm_log": "id at step actor note agency until",
    "alarm_kin": "id rule priority source name cause agency district subdistrict lat lon device kind value worst bound "
    "detail raised_at known_at ended_at flaps acknowledged_at acknowledged_by assigned_to shelved_until resolved_at "
    "reviewed_at escalated withdrawn life",
    "alarm_before": "id rule priority source name cause agency district subdistrict lat lon device kind value worst "
    "bound detail raised_at known_at ended_at flaps acknowledged_at acknowledged_by assigned_to shelved_until "
    "resolved_at reviewed_at escalated withdrawn life",
    "alarm_course": "bucket n total low high",
    "alarm_reading": "value observed_at",
    "alarm_heard": "device observed_at",
    "alarm_cases": "service case_id category subdistrict lat lon opened_at",
    "alarm_changed": "device kind observed_at received_at",
    "alarm_readings": "device kind observed_at value",
    "alarm_hours": "device kind bucket n",
    "alarm_windows": "device starts_at ends_at",
    "device_delays": "n shortest middle longest",
    "maintenance_now": "device starts_at ends_at reason",
    "network_device": "network address profile label counter lost battery last_seen_at device_line field_lines",
    "device_now": "kind value observed_at received_at minutes first_seen_at status status_at",
    "day_totals": "device kind day n total low high",
    "hour_means": "device kind bucket value",
    "traffic_now": "device vehicles counts speed speeds",
    "usual_hours": "device kind days mean hourly",
    "usual_today": "device kind days total",
    "feeds": "stream messages stored duplicates skipped rejected last_received_at last_observed_at last",
    "components": "name instance started_at beat_at state beats",
    "component_metrics": "name instance beat_at metrics",
    "device_status": "device status status_at",
    "district_cases": "service subdistrict category status n oldest_opened_at newest_status_at",
    "place_cases": "subdistrict open waiting overdue oldest_opened_at late_opened_at status_at",
    "subdistrict_open": "service case_id status category subdistrict agency opened_at status_at",
    "subdistrict_days": "day open opened ended",
    "case_states": "role n overdue oldest_opened_at status_at received_at",
    "case_list": "service case_id status category subdistrict agency priority channel summary opened_at status_at late",
    "case_one": "service case_id status is_open status_at opened_at received_at category subdistrict agency priority "
    "channel summary impossible_steps first_action_at",
    "case_steps": "at received_at status agency",
    "case_neighbours": "service case_id status category subdistrict agency opened_at status_at n",
    "agency_open": "service case_id status category subdistrict agency opened_at status_at",
    "agency_history": "day opened ended",
    "api_readings_latest": "device kind value observed_at doubts",
    "api_readings": "device kind value observed_at doubts",
    "api_readings_minute": "device kind value n low high observed_at",
    "api_readings_hour": "device kind value n low high observed_at",
    "api_readings_day": "device kind value n low high observed_at",
    "api_prices": "market commodity price unit observed_at",
    "api_cases": "service case_id status at opened_at category subdistrict lat lon agency priority channel summary",
    "open311_requests": "case_id status is_open status_at opened_at category subdistrict lat lon agency summary",
    "sta_things": "thing_id key first_seen_at name description lat lon approximate district subdistrict agency",
    "sta_places": "thing_id key first_seen_at name description lat lon approximate district subdistrict",
    "sta_properties": "property_id key name unit",
    "sta_datastreams": "stream_id thing_id property_id device kind name property unit thing newest_at",
    "sta_newest": "newest",
    "sta_observations": "thing_id property_id observed_at received_at value stream_id",
    "bulletins_now": "channel id title body severity areas area_words source url issued_at onset_at expires_at "
    "received_at",
    "bulletin_days": "day severity n",
    "bulletins_ended": "channel id title severity areas area_words source issued_at onset_at expires_at ended_at "
    "cancelled",
    "news": "channel id title body severity areas area_words source url issued_at expires_at received_at",
    "bulletin_last": "channel source issued_at received_at",
    "forecast_steps": "subdistrict valid_at analysed_at received_at channel temperature rain words wind_speed",
    "replay_since": "since",
    "quakes_recent": "id at received_at channel lat lon magnitude depth_km place felt potential",
}


def test_every_question_is_known_here() -> None:
    assert set(COLUMNS) == set(questions())
    assert COLUMNS


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_question_has_the_columns_panels_rely_on(database_url: str, name: str) -> None:
    with psycopg.connect(database_url) as connection:
        cursor = connection.execute(questions()[name], PARAMS, prepare=True)
        assert cursor.description is not None
        assert [column.name for column in cursor.description] == COLUMNS[name].split()


def test_feeds_add_up_over_workers(database_url: str) -> None:
    for worker, second in (("ingest-0", 5), ("ingest-1", 4)):
        with closing(writer(database_url, worker)) as room:
            room.write(
                [readings(reading("air-1", second, second)), message("prices", rejections=(Rejection("r", "d"),))]
            )
    prices, found = answer(database_url, "feeds")
    assert (prices["stream"], prices["rejected"], prices["stored"], prices["last"]) == ("prices", 2, 0, None)
    assert (found["messages"], found["stored"], found["last"]["value"]) == (2, 2, 5)


def test_only_devices_that_spoke_have_a_status(database_url: str) -> None:
    write(
        database_url, message("devices", statuses=(DeviceStatus("virtual-city", "online"),)), readings(reading("d", 0))
    )
    assert answer(database_url, "device_status") == [{"device": "virtual-city", "status": "online", "status_at": NOW}]


def test_a_question_without_a_file_is_refused(database_url: str) -> None:
    with pytest.raises(DataError, match=r"'of_nothing'\.sql|of_nothing\.sql"):
        answer(database_url, "of_nothing")


def test_the_store_outlives_the_database(own_postgres: Postgres) -> None:
    async def through_a_restart() -> None:
        store = await Store.open(own_postgres.url)
        assert not await store.schema_is_current()
        own_postgres.stop()
        with pytest.raises(DatabaseAway):
            await store.schema_is_current()
        own_postgres.start()
        assert not await store.schema_is_current()
        own_postgres.stop_at_once()  # with a connection lying idle that now leads nowhere
        own_postgres.start()
        assert not await store.schema_is_current()
        await store.close()
        with pytest.raises(DataError):
            await store.schema_is_current()

    asyncio.run(through_a_restart())


def test_a_migrated_schema_is_current(database_url: str) -> None:
    async def once() -> bool:
        store = await Store.open(database_url)
        try:
            return await store.schema_is_current()
        finally:
            await store.close()

    assert asyncio.run(once())
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM schema_migrations")
    assert not asyncio.run(once())
