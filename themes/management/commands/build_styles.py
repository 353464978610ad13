"""Write the stylesheets that pages load from their sources."""

from typing import Any

from django.core.management.base import BaseCommand

from themes.styles import BUNDLE, LEARNING_BUNDLE, bundle, learning_bundle


class Command(BaseCommand):
    """`manage.py build_styles`, after a change in themes/styles/."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each bundle and say its size."""
        for path, css in ((BUNDLE, bundle()), (LEARNING_BUNDLE, learning_bundle())):
            path.write_text(css)
            self.stdout.write(f"{path.name}: {path.stat().st_size} bytes")
