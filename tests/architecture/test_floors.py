"""The floors of docs/architecture.md: every room is on one (lint-imports holds the rest, as a step of ./test)."""

import subprocess
import tomllib
from pathlib import Path

from tests.strict.ours import ROOT

# They hold no code that others could import.
NOT_FLOORS = {"lms.gunicorn"}


def contracts():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_application_is_on_a_floor():
    named = {name.strip(" ()") for layer in contracts()[0]["layers"] for name in layer.split("|")}
    rooms = {
        f"lms.{path.stem}"
        for path in (ROOT / "lms").iterdir()
        if (path / "__init__.py").exists() or path.suffix == ".py"
    }
    rooms -= {"lms.__init__", *NOT_FLOORS}
    assert rooms <= named, f"Not on a floor (pyproject.toml): {sorted(rooms - named)}"


def test_every_application_has_its_front_door():
    protected = {
        module.removesuffix(".*") for contract in contracts() for module in contract.get("protected_modules", [])
    }
    applications = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in ROOT.glob("lms/*/apps.py")}
    # The demonstration and the walls are on top: nothing imports them.
    assert applications - {"lms.demonstration", "lms.walls"} <= protected


def test_the_floors_hold():
    done = subprocess.run(
        [ROOT / ".venv/bin/lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_a_mutant_that_looks_up_is_caught(tmp_path: Path):
    """A copy of the kernel and of certificates in which the kernel imports from above."""
    for name in ("kernel", "certificates"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "certificates" / "api.py").touch()
    (tmp_path / "kernel" / "tasks.py").write_text("import certificates.api\n")
    configuration = '[tool.importlinter]\nroot_packages = ["kernel", "certificates"]\n[[tool.importlinter.contracts]]\n'
    configuration += 'name = "f"\ntype = "layers"\nlayers = ["certificates", "kernel"]\n'
    (tmp_path / "pyproject.toml").write_text(configuration)
    done = subprocess.run(
        [ROOT / ".venv/bin/lint-imports", "--no-cache"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 1
