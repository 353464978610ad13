"""The suite's own strictness can fail: each rule of tests/strict with the fault it is there for."""

import socket
import warnings
from datetime import datetime

import pytest
from django.db.models import Count
from django.template import Context, engines
from django.template.base import Origin, Template

from certificates.models import Achievement
from kernel.models import Job, Retention
from tests.strict.ours import ROOT
from tests.strict.templates import UndefinedVariable


def draw(source, *, where, **context):
    engine = engines["django"].engine
    template = Template(source, origin=Origin(str(where)), engine=engine)
    return template.render(Context(context))


OURS = ROOT / "themes" / "templates" / "x.html"
THEIRS = ROOT / ".venv" / "lib" / "x.html"


@pytest.mark.parametrize(
    "source",
    [
        "{{ lamp }}",
        "{{ lamp.colour }}",
        "{{ lamp|upper }}",
        "{% for x in lamp %}{% endfor %}",
        "{% with a=lamp %}{% endwith %}",
    ],
)
def test_an_unknown_variable_fails_in_our_templates_only(source):
    with pytest.raises(UndefinedVariable, match="lamp"):
        draw(source, where=OURS)
    assert draw(source, where=THEIRS) == ""


def test_a_template_may_say_that_a_value_can_be_absent():
    assert draw("{{ lamp|default:'no' }}{% if lamp %}yes{% endif %}", where=OURS) == "no"


def test_a_known_variable_is_looked_up_once():
    calls = []
    assert draw("{{ lamp|upper }}", where=OURS, lamp=lambda: calls.append(1) or "lit") == "LIT"
    assert calls == [1]


@pytest.mark.django_db
def test_an_unordered_queryset_comes_in_any_order():
    Job.objects.bulk_create(Job(kind=str(number)) for number in range(20))
    orders = {tuple(Job.objects.values_list("pk", flat=True)) for _ in range(5)}
    assert len(orders) > 1
    assert len({tuple(Job.objects.order_by("pk").values_list("pk", flat=True)) for _ in range(5)}) == 1


@pytest.mark.django_db
def test_shuffling_leaves_other_queries_alone():
    Retention.objects.create(kind="a", days=1, basis="b")
    assert Retention.objects.count() == 1
    assert Retention.objects.filter(pk__in=Retention.objects.values("pk")).exists()
    assert list(Retention.objects.values_list("days").distinct()) == [(1,)]
    assert Retention.objects.union(Retention.objects.all()).count() == 1
    assert Retention.objects.select_for_update().get().days == 1
    assert not Achievement.objects.aggregate(n=Count("certificates"))["n"]


@pytest.mark.django_db
def test_a_naked_datetime_fails():
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        Job.objects.create(kind="x", heartbeat_at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_the_network_ends_at_the_loopback():
    # The plugin warns, which is an error here, before it raises.
    with socket.socket() as outside, pytest.raises(UserWarning, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))
