"""One's own data, beside django-allauth's addresses."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("donnees.json", views.my_data, name="my_data"),
    path("donnees/", views.data, name="data"),
    path("quitter/", views.leave, name="leave"),
    path("garder/<str:token>/", views.keep, name="keep"),
]
