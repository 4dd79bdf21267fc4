"""`python -m ingest.adapt NAME FILE`: publish a document of another office's system as messages of ours."""

from __future__ import annotations

import argparse
import sys
from json import dumps
from pathlib import Path

from ingest.adapt.adapted import Adapted
from ingest.adapt.adapters import ADAPTERS
from ingest.errors import IngestError
from ingest.publisher import Publisher
from sensors.city import load_city
from sensors.errors import SensorsError
from sensors.settings import load_settings


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ingest.adapt", description=__doc__)
    parser.add_argument("name", choices=sorted(ADAPTERS), help="whose document it is")
    parser.add_argument("file", type=Path, help="the document")
    parser.add_argument("--show", action="store_true", help="print the messages, publish nothing")
    return parser.parse_args()


def main() -> int:
    """Run the command; 0 when it is done, 1 with one line on stderr when it could not be."""
    asked = _arguments()
    try:
        settings = load_settings()
        city = load_city(settings.city)
        found = list(
            ADAPTERS[asked.name](asked.file.read_bytes(), city)
        )  # all of it is understood, or nothing goes out
        if asked.show:
            sys.stdout.writelines(f"{city.topic_root}/{each.topic} {_text(each)}\n" for each in found)
            return 0
        with Publisher(settings.require_mqtt_url(), f"adapter-{asked.name}") as publisher:
            for each in found:
                publisher.publish(f"{city.topic_root}/{each.topic}", _text(each).encode())
    except (IngestError, SensorsError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _text(message: Adapted) -> str:
    return dumps(message.payload, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
