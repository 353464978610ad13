"""One's own path and reviews, below /profil/. All but the link that stops the reminder ask for a session."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from .views import own, reminders, reviews

app_name = "own"
urlpatterns = [
    path("chemin/", own.path_page, name="path"),
    path("revisions/", reviews.reviews, name="reviews"),
    path("revisions/carte/", reviews.card, name="card"),
    path("revisions/facile/", reviews.easy, name="easy"),
    path("revisions/rappel/", reminders.remind, name="remind"),
    path("revisions/arreter/<str:token>/", login_not_required(reminders.stop), name="stop_reminder"),
]
