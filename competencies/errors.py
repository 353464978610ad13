"""What can go wrong with a framework."""

from kernel.datafile import DataFileError


class FrameworkFileRefused(DataFileError):
    """The file breaks a rule; nothing was written."""


class FrameworkVersionTaken(Exception):
    """This version is already there with other content: give the new content a new version."""
