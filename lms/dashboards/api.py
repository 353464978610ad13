"""The front door of dashboards."""

from .snapshots import take as take_snapshot

__all__ = ["take_snapshot"]
