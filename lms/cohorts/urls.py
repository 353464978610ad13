"""Addresses of cohorts: who is who, rosters, joining."""

from django.urls import URLPattern, path, re_path

from .claiming import views as claiming
from .claiming.staff import views as places
from .institutions.views import cohorts
from .institutions.views import keeping as institutions
from .invitations import views as invitations
from .rosters import views as rosters
from .team import views as team

app_name = "cohorts"
urlpatterns: list[URLPattern] = [
    path("pilotage/equipe/", team.team, name="team"),
    path("pilotage/equipe/<int:pk>/", team.grant, name="team_grant"),
    path("pilotage/equipe/invitations/<uuid:uuid>/retirer/", team.revoke, name="invitation_revoke"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("invitation/<str:token>/redemander/", invitations.ask_again, name="invitation_again"),
    path("pilotage/etablissements/", institutions.institutions, name="institutions"),
    path("pilotage/etablissements/nouveau/", institutions.new, name="institution_new"),
    path("pilotage/etablissements/<slug:key>/", institutions.institution, name="institution"),
    path("pilotage/etablissements/<slug:key>/rattachements/", institutions.attachments, name="institution_attachments"),
    path(
        "pilotage/etablissements/<slug:key>/rattachements/<int:pk>/",
        institutions.attachment,
        name="institution_attachment",
    ),
    path("pilotage/etablissements/<slug:key>/reunion/", institutions.merger, name="institution_merger"),
    path("pilotage/etablissements/<slug:key>/cohortes/", cohorts.cohorts, name="institution_cohorts"),
    path("pilotage/etablissements/<slug:key>/cohortes/<uuid:uuid>/", cohorts.cohort, name="institution_cohort"),
    path("pilotage/etablissements/<slug:key>/annee/", cohorts.new_year, name="institution_year"),
    path("pilotage/inscriptions/", rosters.rosters, name="rosters"),
    re_path(r"^pilotage/inscriptions/modele\.(?P<kind>csv|xlsx)$", rosters.sample, name="roster_sample"),
    path("pilotage/inscriptions/cohorte/<uuid:uuid>/", places.places, name="places"),
    path("pilotage/inscriptions/<uuid:uuid>/", rosters.roster, name="roster"),
    path("pilotage/inscriptions/<uuid:uuid>/colonnes/", rosters.columns, name="roster_columns"),
    path("pilotage/inscriptions/<uuid:uuid>/doutes/", rosters.doubts, name="roster_doubts"),
    path("pilotage/inscriptions/<uuid:uuid>/erreurs.csv", rosters.errors, name="roster_errors"),
    path("pilotage/inscriptions/<uuid:uuid>/abandonner/", rosters.abandon, name="roster_abandon"),
    path("rejoindre/", claiming.join, name="join"),
    path("rejoindre/place/<uuid:uuid>/", claiming.join_place, name="join_place"),
    path("rejoindre/place/<uuid:uuid>/quitter/", claiming.leave_place, name="leave_place"),
    path("rejoindre/<str:code>/", claiming.join_code, name="join_code"),
]
