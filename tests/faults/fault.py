"""A case, and how one is run: on a server that the cases of a run share, and on servers of its own."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.postgres import Postgres
from tests import servers
from tests.faults.stand import Broker, Scale, Stand
from tests.faults.tally import Tally


@dataclass(frozen=True, slots=True)
class Fault:
    """A case. `may_lose`: what a broker forgets no worker can bring back; `autosave`: how often it saves, s."""

    name: str
    run: Callable[[Stand], Tally]
    may_lose: bool = False
    autosave: int = 10

    def kept(self, counted: Tally) -> bool:
        """Whether what the case promises came true."""
        return counted.whole if self.may_lose else counted.exact


@contextmanager
def a_folder(prefix: str) -> Iterator[Path]:
    """A folder that servers may enter that run as another user; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


@contextmanager
def a_server() -> Iterator[Postgres]:
    """A PostgreSQL for all cases of a run; a case that stops it leaves it whole."""
    with a_folder("faults-") as folder:
        server = servers.new_postgres(folder / "postgres")
        server.start()
        try:
            servers.make_template(server)
            yield server
        finally:
            server.stop()


def run_case(server: Postgres, fault: Fault, scale: Scale, turn: int = 0) -> Tally:
    """Run a case on a database and a broker of its own."""
    with ExitStack() as stack:
        folder = stack.enter_context(a_folder("fault-"))
        url = stack.enter_context(servers.database(server, servers.TEMPLATE))
        stack.callback(_revive, server)
        broker = Broker(folder / "broker", fault.autosave)
        broker.start()
        stack.callback(broker.stop)
        return fault.run(Stand(server, url, broker, scale, random.Random(f"{fault.name} {turn}"), stack))


def _revive(server: Postgres) -> None:
    """Bring the server back for the next case, where this one ended before it did."""
    if not server.is_ready():
        server.stop_at_once()
        server.start()
