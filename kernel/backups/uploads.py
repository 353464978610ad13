"""Uploads, in a tar archive: files only, by their path under the folder of uploads."""

import shutil
import tarfile
from pathlib import Path

from .errors import BackupRefused


def pack(source: Path, archive: Path) -> int:
    """Write every file of `source` to a new archive; return how many."""
    files = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else []
    with tarfile.open(archive, "w") as tar:
        for path in files:
            tar.add(path, arcname=str(path.relative_to(source)), recursive=False)
    return len(files)


def unpack(archive: Path, target: Path) -> int:
    """Put the files of the archive in `target`, in place of what is there; return how many."""
    with tarfile.open(archive) as tar:
        members = [(member, _inside(target, member)) for member in tar.getmembers()]
        _empty(target)
        for member, path in members:
            path.parent.mkdir(parents=True, exist_ok=True)
            content = tar.extractfile(member)
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)  # type: ignore[arg-type]
    return len(members)


def has_files(folder: Path) -> bool:
    """Say whether there is a file in the folder or below."""
    return any(path.is_file() for path in folder.rglob("*"))


def _inside(target: Path, member: tarfile.TarInfo) -> Path:
    """Return where a member goes. Raises BackupRefused for what is not a file, or would go elsewhere."""
    path = (target / member.name).resolve()
    if not member.isreg() or not path.is_relative_to(target.resolve()):
        raise BackupRefused(f"The archive of uploads holds “{member.name}”, which is not a file of ours.")
    return path


def _empty(target: Path) -> None:
    """Remove what is in the folder, not the folder: it may be where a disk is mounted."""
    target.mkdir(parents=True, exist_ok=True)
    for path in target.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
