"""Who the private servers run as, and that they never outlive whoever started them.

PostgreSQL refuses to run as root, so root hands its servers to an account without rights. An ordinary
user's servers run as that user. Every server is told by the kernel when its parent thread ends.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import DeployError

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """The user and group a server runs as when root starts it."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """The account for servers started by root; None for anyone else, who runs them himself."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in CANDIDATES:
        if name in known:
            return Account(known[name].pw_uid, known[name].pw_gid)
    raise DeployError(f"PostgreSQL refuses to run as root and this machine has no user named {' or '.join(CANDIDATES)}")


def give(folder: Path) -> None:
    """Make `folder`, private to the server account."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    account = server_account()
    if account:
        os.chown(folder, account.uid, account.gid)


def tied(command: Sequence[str], ending: signal.Signals) -> list[str]:
    """`command` such that it gets the signal `ending` when its parent ends, however that ends."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", _short(ending), *command] if setpriv else list(command)


def as_server(command: Sequence[str], folder: Path, ending: signal.Signals) -> list[str]:
    """`command` as the server account would run it on its `folder`, tied to its parent."""
    account = server_account()
    if account is None:
        return tied(command, ending)
    setpriv = shutil.which("setpriv")
    if not setpriv:
        raise DeployError("setpriv (package util-linux) is needed to start the private servers as root")
    identity = ["--reuid", str(account.uid), "--regid", str(account.gid), "--clear-groups"]
    return [setpriv, *identity, *_passage(folder), "--pdeathsig", _short(ending), *command]


def _passage(folder: Path) -> list[str]:
    """The one extra right needed to reach a folder below a closed one, such as root's home.

    Without the secure bit the kernel ignores that right where a program asks first (access(2)), as initdb does.
    """
    closed = [parent for parent in folder.absolute().parents if not parent.stat().st_mode & 0o001]
    right = ["--securebits", "+no_setuid_fixup", "--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"]
    return right if closed else []


def _short(ending: signal.Signals) -> str:
    return ending.name.removeprefix("SIG")
