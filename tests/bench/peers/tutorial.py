"""The bridge of the tutorials: paho's callback, one INSERT and one commit a message.

python -m tests.bench.peers.tutorial DATABASE_URL MQTT_URL FILTER
"""

from __future__ import annotations

import json
import sys
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt
import psycopg
from paho.mqtt.enums import CallbackAPIVersion


def main(database_url: str, mqtt_url: str, topic_filter: str) -> None:
    """Copy until killed."""
    connection = psycopg.connect(database_url, autocommit=True)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS sensor_data (time timestamptz, device text, kind text, value float8)"
    )
    sys.stdout.write("ready\n")

    def on_message(_client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        body = json.loads(message.payload)
        device = message.topic.rpartition("/")[2]
        for kind, value in body["values"].items():
            connection.execute(
                "INSERT INTO sensor_data VALUES (%s, %s, %s, %s)", (body["observed_at"], device, kind, value)
            )

    client = mqtt.Client(CallbackAPIVersion.VERSION2, "tutorial", clean_session=False)
    client.on_message = on_message
    client.on_connect = lambda *_: client.subscribe(topic_filter, qos=1)
    client.on_subscribe = lambda *_: sys.stdout.flush()
    address = urlsplit(mqtt_url)
    client.connect(address.hostname or "127.0.0.1", address.port or 1883)
    client.loop_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
