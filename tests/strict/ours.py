"""What is ours, as opposed to what others made."""

from pathlib import Path

from django.apps import AppConfig

ROOT = Path(__file__).resolve().parents[2]
APPS = ("kernel", "themes", "competencies", "question_bank", "certificates", "lms")


def is_our_app(config: AppConfig) -> bool:
    """Say whether an application is one of ours."""
    return config.name.split(".")[0] in APPS


def is_our_file(path: str | Path) -> bool:
    """Say whether a file belongs to our tree."""
    try:
        return Path(path).relative_to(ROOT).parts[0] in APPS
    except ValueError:
        return False


def our_files(pattern: str = "*.py") -> list[Path]:
    """Return the files of our applications that match `pattern`, migrations left out."""
    found = (path for app in APPS for path in (ROOT / app).rglob(pattern))
    return sorted(path for path in found if "migrations" not in path.parts)
