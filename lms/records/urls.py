"""What Socle keeps of one's way, under /profil/traces/."""

from django.urls import path

from . import views

app_name = "records"
urlpatterns = [
    path("", views.timeline, name="timeline"),
    path("traces.json", views.download, name="download"),
]
