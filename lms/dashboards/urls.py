"""Addresses of the dashboards."""

from django.urls import path

from . import views
from .cohort import views as cohort
from .definitions.views import definitions
from .institution import views as institution
from .institution.views import jury
from .national import views as national
from .taught import views as taught

app_name = "dashboards"
urlpatterns = [
    path("profil/", views.learner, name="learner"),
    path("profil/evaluations/", views.history, name="history"),
    path("pilotage/", views.pilot, name="pilot"),
    path("pilotage/definitions/", definitions, name="definitions"),
    path("pilotage/cohorte/<uuid:cohort>/", cohort.cohort, name="cohort"),
    path("pilotage/cohorte/<uuid:cohort>/etudiants/", cohort.people, name="cohort_people"),
    path("pilotage/cohorte/<uuid:cohort>/carte/", cohort.heat_map, name="cohort_map"),
    path("pilotage/cohorte/<uuid:cohort>/<uuid:student_uuid>/", cohort.one_student, name="cohort_student"),
    path("pilotage/etablissement/<slug:key>/", institution.institution, name="institution"),
    path("pilotage/etablissement/<slug:key>/jury/", jury.jury, name="jury"),
    path("pilotage/etablissement/<slug:key>/jury/<uuid:student>/retirer/", jury.withdraw, name="withdraw"),
    path("pilotage/etablissement/<slug:key>/heures/", taught.taught, name="taught"),
    path("pilotage/etablissement/<slug:key>/heures/<uuid:uuid>/", taught.entry, name="taught_entry"),
    path("pilotage/national/", national.national, name="pilot_national"),
    path("pilotage/national/<slug:key>/", national.university, name="pilot_university"),
    path("barometre/", national.barometer, name="national"),
]
