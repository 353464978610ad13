"""The barest Django: a form inserts a row, the reply is a page, nothing else. What it costs is the processor's doing.

``python -m benches.answers.barest REQUESTS`` prints milliseconds per request as JSON. An answer of Socle is compared
with it, played the same way in the same minute: the ratio says what is ours on any machine.
"""

from __future__ import annotations

import json
import os
import sys
from urllib.parse import urlencode

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from lms.settings.parts.database import database

from .inside import into, own_seconds
from .messages import Request

HOST = "127.0.0.1"
WARM_UP = 200
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ row.text }}</title></head>
<body><h1>{{ row.text }}</h1><form method="post">{% for choice in choices %}<p><label>
<input type="radio" name="text" value="{{ choice }}"> {{ choice }}</label></p>{% endfor %}<button>OK</button></form>
</body></html>"""
FORM = urlencode({"text": "b"}).encode()
CHOICES = ("a", "b", "c", "d")


class Barest:
    """The application: a table, a template compiled once, a view."""

    def __init__(self) -> None:
        from django.db import models, transaction

        meta = type("Meta", (), {"app_label": "barest", "db_table": "barest_row"})
        members = {"__module__": __name__, "Meta": meta, "text": models.CharField(max_length=200)}
        self.row, self.atomic = type("Row", (models.Model,), members), transaction.atomic
        self.page = engines["django"].from_string(PAGE)

    def make_table(self) -> None:
        """Make the table beside ours, the first time: the database goes away with the bench."""
        from django.db import connection

        if self.row._meta.db_table not in connection.introspection.table_names():
            with connection.schema_editor() as editor:
                editor.create_model(self.row)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Insert a row in a transaction, and draw the page."""
        with self.atomic():
            made = self.row(text=request.POST["text"])
            made.save()
        return HttpResponse(self.page.render({"row": made, "choices": CHOICES}, request))


urlpatterns: list[object] = []


def main() -> None:
    """Play, and print what a request costs."""
    settings.configure(
        ALLOWED_HOSTS=[HOST],
        DATABASES={"default": database(os.environ["SOCLE_DATABASE_URL"])},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MIDDLEWARE=[],
        ROOT_URLCONF=__name__,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()
    barest = Barest()
    barest.make_table()
    urlpatterns.append(path("", barest.answer))
    send = into(get_wsgi_application(), HOST)
    asked = Request("POST", "/", FORM, (("Content-Type", "application/x-www-form-urlencoded"),))
    for _ in range(WARM_UP):
        send(asked)
    cpu, requests = own_seconds(), int(sys.argv[1])
    for _ in range(requests):
        if send(asked).status != 200:
            raise RuntimeError("The barest page does not answer.")
    json.dump(1000 * (own_seconds() - cpu) / requests, sys.stdout)


if __name__ == "__main__":
    main()
