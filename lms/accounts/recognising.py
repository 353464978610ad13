"""Telling the database who is there, as soon as it is known, and no sooner."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out

from kernel import actors


def connect() -> None:
    """Follow people in and out."""
    user_logged_in.connect(_came_in, dispatch_uid="lms.accounts.recognising.in")
    user_logged_out.connect(_went_out, dispatch_uid="lms.accounts.recognising.out")


def _came_in(user: Any = None, **kwargs: Any) -> None:
    actors.recognise(user.pk)


def _went_out(**kwargs: Any) -> None:
    actors.recognise(None)
