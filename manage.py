#!/usr/bin/env python
"""Run a management command of Socle."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
    from django.core.management import execute_from_command_line

    from kernel import actors

    actors.work()  # what a command serves, if it serves pages, is still the person's of each request

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
