"""What is not a page to read: forms that pages send, files to take away. Everything is below /parcours/-/."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import taking_away, views

app_name = "learning"
urlpatterns = [
    path("a-emporter/<slug:key>.html", login_not_required(taking_away.take_away), name="take_away"),
    path("etape/", login_not_required(views.step_seen), name="step_seen"),
    path("temps/", login_not_required(views.time_spent), name="time_spent"),
    path("attestation/", views.ask_attestation, name="ask_attestation"),
    path("attestation/<str:code>.pdf", views.attestation_pdf, name="attestation"),
    path("essai/", login_not_required(views.practise), name="practise"),
    path("carte/", login_not_required(views.keep_card), name="keep_card"),
    path("controle/", login_not_required(views.begin_check), name="begin_check"),
]
