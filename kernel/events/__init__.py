"""Down you call, up you publish: one outbox row per event, heard by whoever is above, after commit."""

from .delivery import ListenerFailed, dispatch, drain
from .event import Event
from .listeners import listen, listen_to_several
from .outbox import outbox_row, publish

__all__ = ["Event", "ListenerFailed", "dispatch", "drain", "listen", "listen_to_several", "outbox_row", "publish"]
