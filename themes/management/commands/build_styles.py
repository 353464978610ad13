"""Write the stylesheet that pages load from its sources."""

from typing import Any

from django.core.management.base import BaseCommand

from themes.styles import BUNDLE, bundle


class Command(BaseCommand):
    """`manage.py build_styles`, after a change in themes/styles/."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the bundle and say its size."""
        BUNDLE.write_text(bundle())
        self.stdout.write(f"{BUNDLE.name}: {BUNDLE.stat().st_size} bytes")
