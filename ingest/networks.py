"""The city's other networks: their messages decoded, and what they say turned into the room's words by the pack."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from msgspec.structs import replace

from data.records import DeviceStatus, Message, Rejection, Sighting
from ingest.retention import split_by_age
from sensors.city import City
from sensors.codecs import NETWORKS
from sensors.parse import parse_number, told
from sensors.reading import CodecError, Decoded
from sensors.sieve import Sieve
from sensors.telemetry import Command, Telemetry

LONGEST_ADDRESS = 200
_NOT_OF_A_KEY = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 40
_MOST_UNMAPPED = 50  # fields told of a device nobody has described yet


class Networks:
    """The networks that a city's pack listens to, each with the decoder that remembers what its devices declared."""

    def __init__(self, city: City) -> None:
        self._words = city.networks
        self._days = city.retention_days
        self._open = {name: NETWORKS[name].open_decoder(city.zone) for name in city.networks.heard}
        self._filters = [(topic.split("/"), name) for name in self._open for topic in NETWORKS[name].topics]
        self.commands: list[Command] = []
        """What decoders ask to be sent back into their networks; the worker sends and forgets them."""

    def network_of(self, levels: Sequence[str]) -> str | None:
        """The network whose messages come under such a topic."""
        return next((name for wanted, name in self._filters if _matches(wanted, levels)), None)

    def parse(self, network: str, levels: Sequence[str], message: Message) -> Message:
        """The message with the readings and words of the devices it speaks for. Raises `CodecError`."""
        heard = self._open[network].decode(levels, message.payload, message.received_at)
        self.commands += heard.commands
        sightings = tuple(self._sighting(network, said) for said in heard.telemetry)
        decoded = [self._sift(network, *each) for each in zip(heard.telemetry, sightings, strict=True)]
        readings = [reading for each in decoded for reading in each.readings]
        kept, too_old = split_by_age(readings, message.received_at, self._days)
        refused = [*heard.refused, *(refusal for each in decoded for refusal in each.refused)]
        return replace(
            message,
            readings=kept,
            statuses=tuple(
                DeviceStatus(sighting.device, said.status)
                for said, sighting in zip(heard.telemetry, sightings, strict=True)
                if said.status
            ),
            sightings=sightings,
            rejections=(*(Rejection(refusal.reason, refusal.detail) for refusal in refused), *too_old),
            skipped=heard.skipped + sum(each.skipped for each in decoded),
        )

    def _sighting(self, network: str, said: Telemetry) -> Sighting:
        if len(said.address) > LONGEST_ADDRESS:
            found = told(said.address)
            raise CodecError("bad-id", f"address: found {found}, expected at most {LONGEST_ADDRESS} characters")
        names = (each.name for each in said.fields if not self._words.meaning(network, said.profile, each.name))
        return Sighting(
            network=network,
            address=said.address,
            device=self._words.devices.get((network, said.address)) or key_of(network, said.address),
            profile=said.profile,
            label=said.label,
            unmapped=tuple(sorted(names)[:_MOST_UNMAPPED]) if said.fields else None,
            counter=said.counter,
            battery=said.battery,
        )

    def _sift(self, network: str, said: Telemetry, sighting: Sighting) -> Decoded:
        """The values whose meaning the pack knows; the names of the others are in the sighting."""
        sieve = Sieve(sighting.device)
        for field in said.fields:
            if (meaning := self._words.meaning(network, said.profile, field.name)) is None:
                continue
            try:
                value = None if field.value is None else _number(field.name, field.value) * meaning.factor
            except CodecError as error:
                sieve.refuse(error.reason, error.detail)
            else:
                sieve.take(meaning.kind, value, field.observed_at)
        return sieve.decoded()


def _number(name: str, found: object) -> float:
    """A switch or a contact counts as 1 and 0 where the pack gives it a kind."""
    return float(found) if isinstance(found, bool) else parse_number(name, found)


def key_of(network: str, address: str) -> str:
    """A key for a device that the pack does not name: readable, and another one for every address."""
    slug = _NOT_OF_A_KEY.sub("-", address.lower()).strip("-")[:_LONGEST_SLUG].rstrip("-")
    if slug == address:
        return f"{network}-{slug}"
    digest = hashlib.sha256(address.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{network}-{slug}-{digest}" if slug else f"{network}-{digest}"


def _matches(wanted: Sequence[str], levels: Sequence[str]) -> bool:
    return len(wanted) == len(levels) and all(want in ("+", level) for want, level in zip(wanted, levels, strict=True))
