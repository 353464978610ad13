"""Run a command beside a PostgreSQL of its own: python -m tests.servers python -m pytest …"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from .postgresql import SERVING, PostgreSQL
from .processes import Missing
from .templates import TEMPLATE, postgresql_template


def main() -> int:
    """Start the server, run the command with SOCLE_DATABASE_URL set, stop the server; return the command's status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="socle-postgresql-") as folder:
        Path(folder).chmod(0o755)
        server = PostgreSQL(Path(folder) / "server")
        server.create(template=postgresql_template())
        try:
            server.start()
            return _run(server)
        finally:
            server.remove()


def _run(server: PostgreSQL) -> int:
    environment = {**os.environ, "SOCLE_DATABASE_URL": server.url(TEMPLATE, SERVING)}
    process = subprocess.Popen(sys.argv[1:], env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the command got it too and is ending


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Missing as error:
        sys.exit(str(error))
