"""Node-RED as its users build it: mqtt in, a function that gathers readings and writes them many at a time with `pg`.

A tool of the bench only: npm fetches it once into the state folder. Where there is no npm the bench leaves it out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers import STATE

FOLDER = STATE / "node-red"
PACKAGES = ("node-red@4.1.15", "pg@8.23.1")
TABLE = "CREATE TABLE sensor_data (time timestamptz, device text, kind text, value float8)"
STORED = "SELECT count(*) FROM sensor_data"
# At 1 000 messages or after 20 ms, whichever is first; each batch is one INSERT of arrays.
_FUNCTION = """
const rows = context.get('rows') || [];
const body = JSON.parse(msg.payload);
const device = msg.topic.split('/').pop();
for (const kind in body.values) rows.push([body.observed_at, device, kind, body.values[kind]]);
const flush = () => {
  clearTimeout(context.timer); context.timer = null;
  const taken = context.get('rows') || [];
  if (!taken.length) return;
  context.set('rows', []);
  const column = (i) => taken.map((row) => row[i]);
  global.get('pool').query(
    'INSERT INTO sensor_data SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::float8[])',
    [column(0), column(1), column(2), column(3)]).catch((error) => node.error(error));
};
context.set('rows', rows);
if (rows.length >= 1000) flush();
else if (!context.timer) context.timer = setTimeout(flush, 20);
return null;
"""
_SETTINGS = """
const { Pool } = require('pg');
module.exports = {
  uiPort: %(port)d, uiHost: '127.0.0.1', httpAdminRoot: false, httpNodeRoot: false, flowFile: 'flows.json',
  functionGlobalContext: { pool: new Pool({ connectionString: '%(database)s', max: 4 }) },
  logging: { console: { level: 'warn' } }, telemetry: { enabled: false },
};
"""


def fetched() -> bool:
    """Whether it is there, fetched where it was not."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    if not (FOLDER / "node_modules" / ".bin" / "node-red").exists():
        command = [npm, "install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", "--silent", *PACKAGES]
        return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0
    return True


def command(folder: Path, database: str, broker: str, topic_filter: str, port: int) -> list[str]:
    """How to start it on these servers, its flow written under `folder`."""
    address = urlsplit(broker)
    flow = [
        {"id": "tab", "type": "tab", "label": "bench"},
        {"id": "broker", "type": "mqtt-broker", "broker": address.hostname, "port": str(address.port),
         "clientid": "node-red", "autoConnect": True, "cleansession": False, "protocolVersion": "4", "keepalive": "60"},
        {"id": "in", "type": "mqtt in", "z": "tab", "topic": topic_filter, "qos": "1", "datatype": "utf8",
         "broker": "broker", "inputs": 0, "wires": [["batch"]]},
        {"id": "batch", "type": "function", "z": "tab", "func": _FUNCTION, "outputs": 0, "wires": [],
         "timeout": 0, "noerr": 0, "initialize": "", "finalize": "", "libs": []},
    ]  # fmt: skip
    (folder / "flows.json").write_text(json.dumps(flow))
    (folder / "settings.js").write_text(_SETTINGS % {"port": port, "database": database})
    (folder / "node_modules").symlink_to(FOLDER / "node_modules")
    return [
        str(FOLDER / "node_modules/.bin/node-red"),
        "--userDir",
        str(folder),
        "--settings",
        str(folder / "settings.js"),
    ]
