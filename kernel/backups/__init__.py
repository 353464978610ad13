"""Backups: a folder with the database, the uploads, the list of what was erased, and a manifest that vouches."""

from .errors import BackupRefused
from .making import forget_old, make_backup
from .restoring import Restored, restore_backup

__all__ = ["BackupRefused", "Restored", "forget_old", "make_backup", "restore_backup"]
