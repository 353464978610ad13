"""`./demo`: prepare, serve, stop everything together. `./demo --check` does it on a temporary database and plays it."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "lms.settings.demo"
PATIENCE = 90  # seconds for a slow machine to answer for the first time
MOST_RESTARTS = 5


def main() -> int:
    """Read the arguments and serve, or check."""
    options = _arguments()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return check() if options.check else serve(options.port)
    except KeyboardInterrupt:
        print("Socle is stopped.")
        return 0
    except subprocess.CalledProcessError as error:
        print(f"The demonstration could not be prepared (exit status {error.returncode}).", file=sys.stderr)
        return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./demo", description="Serve a demonstration of Socle on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="8000 unless said otherwise")
    parser.add_argument("--check", action="store_true", help="play one assessment on a temporary database, then stop")
    return parser.parse_args()


def serve(port: int) -> int:
    """Prepare var/ and serve it until Ctrl-C. Returns 1, with a sentence, when the port is taken."""
    if not _is_free(port):
        print(
            f"Port {port} is taken on this machine: stop what uses it, or choose another with ./demo --port N.",
            file=sys.stderr,
        )
        return 1
    environment = _environment(Path(os.environ.get("SOCLE_VAR", ROOT / "var")), port)
    prepare(environment)
    with running(environment, port) as processes:
        print(f"Socle is at http://127.0.0.1:{port} (Ctrl-C stops it)", flush=True)
        try:
            return _watch(processes, environment)
        except KeyboardInterrupt:
            print("\nStopping…", flush=True)
            raise


def check() -> int:
    """Prepare a temporary folder, serve it on a free port, play it, enter as each role; print the profile."""
    from .citizen import CheckFailed, play

    with tempfile.TemporaryDirectory(prefix="socle-check-") as folder:
        port = _free_port()
        environment = _environment(Path(folder), port)
        environment.pop("SOCLE_DATABASE_URL", None)
        prepare(environment)
        with running(environment, port):
            try:
                profile = play(f"http://127.0.0.1:{port}")
            except CheckFailed as error:
                print(f"The check failed: {error}", file=sys.stderr)
                return 1
    print(json.dumps(profile, ensure_ascii=False))
    return 0


def prepare(environment: dict[str, str]) -> None:
    """Make the folders, the database and the static files; quick when they are there. Raises CalledProcessError."""
    var = Path(environment["SOCLE_VAR"])
    for name in ("broker/messages", "broker/control", "media", "mail", "cache"):
        (var / name).mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "manage.py", "prepare_demo"], cwd=ROOT, env=environment, check=True)


@contextmanager
def running(environment: dict[str, str], port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the web server and the worker while the block lasts; then stop both, and whatever they started."""
    processes = [_start(_web(port), environment), _start(_worker(environment), environment)]
    try:
        _wait_until_up(port, processes)
        yield processes
    finally:
        _stop(processes)


def _web(port: int) -> list[str]:
    options = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    return [sys.executable, "-m", "gunicorn", "lms.wsgi", *options, "--log-level", "warning", "--no-control-socket"]


def _worker(environment: dict[str, str]) -> list[str]:
    schedule = str(Path(environment["SOCLE_VAR"]) / "broker" / "beat")
    options = ["worker", "--beat", "--schedule", schedule, "--pool", "threads", "--concurrency", "2"]
    options += ["--loglevel", "warning", "--hostname", "socle@localhost"]
    return [sys.executable, "-m", "celery", "--app", "lms", "--quiet", *options]


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask all politely, then insist: each with its whole group, so that nothing is left behind."""
    for sign, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
        until = time.monotonic() + patience
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))


def _environment(var: Path, port: int) -> dict[str, str]:
    """Return what both processes are told; letters and records name the address where this one is served."""
    return {
        "SOCLE_BASE_URL": f"http://127.0.0.1:{port}",
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "SOCLE_VAR": str(var),
        "PYTHONWARNINGS": "ignore",
    }


def _wait_until_up(port: int, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise subprocess.CalledProcessError(1, "gunicorn")


def _watch(processes: list[subprocess.Popen[bytes]], environment: dict[str, str]) -> int:
    """Return when the server stops. A worker that stops is started again: what it had to do is in rows."""
    web, worker = processes
    restarts = 0
    while web.poll() is None:
        if worker.poll() is not None and restarts < MOST_RESTARTS:
            print("The worker stopped by itself; it is started again.", file=sys.stderr)
            processes[1] = worker = _start(_worker(environment), environment)
            restarts += 1
        time.sleep(0.5)
    print("The server stopped by itself; its last lines are above.", file=sys.stderr)
    return 1


def _interrupt(*_args: object) -> None:
    raise KeyboardInterrupt


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
