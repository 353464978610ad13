"""Addresses of prescribing, for those who ask and those who are asked."""

from django.urls import path

from .views import acting, adjusting, learner, sharing, staff

app_name = "prescribing"
urlpatterns = [
    path("pilotage/prescriptions/", staff.index, name="index"),
    path("pilotage/prescriptions/nouvelle/", staff.create, name="create"),
    path("pilotage/prescriptions/amenagements/", adjusting.adjustments, name="adjustments"),
    path("pilotage/prescriptions/<uuid:uuid>/", staff.assignment, name="assignment"),
    path("pilotage/prescriptions/<uuid:uuid>/modifier/", staff.change, name="change"),
    path("pilotage/prescriptions/<uuid:uuid>/fermer/", acting.close, name="close"),
    path("pilotage/prescriptions/<uuid:uuid>/rouvrir/", acting.reopen, name="reopen"),
    path("pilotage/prescriptions/<uuid:uuid>/prolonger/", acting.extend, name="extend"),
    path("pilotage/prescriptions/<uuid:uuid>/relancer/", acting.remind, name="remind"),
    path("demande/", learner.find, name="find"),
    path("demande/rappels/<str:token>/", learner.stop, name="stop"),
    path("demande/<str:code>/", learner.asked, name="asked"),
    path("profil/partage/", sharing.sharing, name="sharing"),
]
