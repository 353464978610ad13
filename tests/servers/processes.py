"""Find a program, a free port, and a user that a server accepts to run as."""

import os
import pwd
import shutil
import socket
from collections.abc import Iterable
from pathlib import Path


class Missing(RuntimeError):
    """A program the suite needs is not on this machine."""


def find(name: str, package: str, folders: Iterable[Path] = ()) -> Path:
    """Return the program's path; raises Missing with the sentence that says what to install."""
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    found = shutil.which(name)
    if not found:
        raise Missing(f"{name} is missing: install the package {package} (apt-get install {package}).")
    return Path(found)


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def ordinary_user() -> str | None:
    """Return who a server that refuses root can run as, or None when we are not root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)
