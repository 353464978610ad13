"""Write the stylesheets that pages load from their sources."""

from typing import Any

from django.core.management.base import BaseCommand

from themes.styles import BUNDLE, LEARNING_BUNDLE, PILOT_BUNDLE, bundle, learning_bundle, pilot_bundle


class Command(BaseCommand):
    """`manage.py build_styles`, after a change in themes/styles/."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each bundle and say its size."""
        bundles = {BUNDLE: bundle, LEARNING_BUNDLE: learning_bundle, PILOT_BUNDLE: pilot_bundle}
        for path, write in bundles.items():
            path.write_text(write())
            self.stdout.write(f"{path.name}: {path.stat().st_size} bytes")
