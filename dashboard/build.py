"""Which build this is: a page that shows another one reloads itself."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("dashboard", "layouts")
KINDS = (".py", ".js", ".css")


def build_id() -> str:
    """Return a short digest of everything that shapes the page: same files, same id, on every machine."""
    digest = hashlib.sha256(f"{version('dash')} {version('plotly')}".encode())
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.suffix in KINDS:
                digest.update(path.relative_to(ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
