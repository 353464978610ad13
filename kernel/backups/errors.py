"""Why a backup is not made or not restored, in a sentence for whoever runs the command."""


class BackupRefused(Exception):
    """Nothing was changed, unless the sentence says so."""
