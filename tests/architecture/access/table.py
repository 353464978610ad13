"""What every address of the site answers: behind which door it is, what GET and POST get there.

Outside the door there is no page: 404. Whoever is not signed in is led to the login, unless the address is public. A
method that an address does not know is 405 for all. A POST carries nothing, or what POSTED says.

Addresses of /cms/ that Wagtail brings are in cms.py.
"""

from dataclasses import dataclass, field

from tests.architecture.access import doors
from tests.architecture.access.doors import Door

UNKNOWN_METHOD = 405


@dataclass(frozen=True)
class Line:
    """What an address answers behind its door; `outside`: what one gets elsewhere.

    `other`: who gets something else wherever it is; `signed_out_post`: what the form gets from whoever has to sign in;
    `door_post`: fewer may write than may read.
    """

    door: Door
    get: int
    post: int = UNKNOWN_METHOD
    is_public: bool = False
    outside: int = 404
    outside_post: int = 404
    other: dict[tuple[str, str], int] = field(default_factory=dict)
    signed_out_post: int = 0
    door_post: Door | None = None


def _public(get: int, post: int = UNKNOWN_METHOD, **more: object) -> Line:
    return Line(doors.everyone, get, post, is_public=True, **more)  # type: ignore[arg-type]


def _nothing(get: int = 404, post: int = UNKNOWN_METHOD) -> Line:
    return Line(doors.nobody, get, post, is_public=True, outside=get, outside_post=post)


def _mine(get: int, post: int = UNKNOWN_METHOD) -> Line:
    return Line(doors.signed_in, get, post)


def _attempt(get: int, post: int = UNKNOWN_METHOD, **more: int) -> Line:
    """An attempt has an owner: its address opens to nobody else, signed in or not."""
    return Line(doors.learner, get, post, is_public=True, **more)


# What a POST carries where an empty one would not get as far as the door.
POSTED = {"cohorts:institution_year": {"annee": "2026-2027"}}

# Signed in or not, of whatever role, one reads the same.
PUBLIC = {
    "kernel:healthz": _public(200),
    "look_sheet": _nothing(),
    "api:openapi-json": _public(200, 200),
    "api:start": _public(405, 400),
    "api:modules": _public(200),
    "api:api-root": _nothing(404, 404),
    "/api/v1/": _nothing(404, 404),
    "/^api/": _nothing(404, 404),
    "wagtaildocs_serve": _nothing(),
    "/documents/^(\\d+)/(.*)$": _nothing(),
    "picture": _nothing(),
    "demonstration:visit": _nothing(405, 404),
    "home": _public(200, 200),
    "catalogue": _nothing(404, 404),
    "wagtail_serve": _public(301, 301),
    "wagtailcore_login": _public(200, 200),
    "assessments:catalogue": _public(200),
    "assessments:start": _nothing(),
    "assessments:begin": _nothing(303, 404),
    "learning:take_away": _nothing(),
    "learning:step_seen": _public(303, 303),
    "learning:time_spent": _public(405, 204),
    "learning:practise": _public(303, 404),
    "learning:keep_card": _public(405, 404),
    "learning:begin_check": _public(303, 404),
    "certificates:enter": _public(200),
    "certificates:verify": _nothing(),
    "own:stop_reminder": _nothing(404, 404),
    "prescribing:stop": _nothing(404, 404),
    "accounts:keep": _nothing(404, 404),
    "dashboards:definitions": _public(200),
    "dashboards:national": _public(200),
    "outreach:ambassadors": _public(200),
    "certification:certification": _public(200),
    "themes:legal": _public(200),
    "themes:privacy": _public(200),
    "themes:accessibility": _public(200),
    "themes:keep": _public(405, 303),
    "themes:forget": _public(405, 303),
    "account_inactive": _public(200),
    "account_reset_password": _public(200, 200),
    "account_reset_password_done": _public(200),
    "account_reset_password_from_key": _public(200, 200, outside=200, outside_post=200),
    "account_reset_password_from_key_done": _public(200),
    "account_login": _public(302, 302, other={("anonymous", "get"): 200, ("anonymous", "post"): 200}),
    "account_signup": _public(302, 302, other={("anonymous", "get"): 200, ("anonymous", "post"): 200}),
    "account_logout": _public(200, 302, other={("anonymous", "get"): 302}),
    # A link is the key: what it opens is its institution's name and what is offered, to whoever follows it.
    "cohorts:invitation": _public(200, 409, signed_out_post=200),
    "cohorts:invitation_again": _public(405, 303),
    "cohorts:join_code": _public(200, 409, signed_out_post=200),
}

# One’s own pages: nothing in the address says whose.
MINE = {
    "accounts:my_data": _mine(200),
    "accounts:data": _mine(200),
    "accounts:leave": _mine(200, 200),
    "account_reauthenticate": _mine(403, 403),
    "account_email": _mine(200, 302),
    "account_email_verification_sent": _mine(302, 302),
    "account_change_password": _mine(302, 302),
    "account_set_password": _mine(200, 200),
    "account_confirm_login_code": _mine(302, 302),
    "mfa_index": _mine(200),
    "mfa_activate_totp": _mine(200, 422),
    "mfa_view_recovery_codes": _mine(303, 303),
    "mfa_download_recovery_codes": _mine(303),
    "mfa_generate_recovery_codes": _mine(303, 303),
    "mfa_deactivate_totp": _mine(303, 303),
    "mfa_authenticate": _mine(302, 302),
    "mfa_reauthenticate": _mine(303, 303),
    "assessments:my_reports": _mine(200),
    "learning:ask_attestation": _mine(303, 409),
    "records:timeline": _mine(200),
    "records:download": _mine(200),
    "own:path": _mine(200),
    "own:reviews": _mine(200),
    "own:card": _mine(303, 303),
    "own:easy": _mine(405, 303),
    "own:remind": _mine(405, 303),
    "cohorts:join": _mine(200, 422),
    "prescribing:find": _mine(200),
    "prescribing:sharing": _mine(200, 404),
    "dashboards:learner": _mine(200),
    "dashboards:history": _mine(200),
    "wagtaildocs_authenticate_with_password": Line(doors.nobody, 404, 404),
    "wagtailcore_authenticate_with_password": Line(doors.nobody, 404, 404),
    "learning:attestation": Line(doors.nobody, 404),
    "cohorts:join_place": Line(doors.nobody, 405, 404),
}

# What one person does, open to that person alone.
OWNED = {
    "api:resume": _attempt(200),
    "api:result": _attempt(409),
    "api:respond": Line(doors.nobody, 405, 400, is_public=True, outside_post=400),
    "assessments:question": _attempt(200),
    "assessments:answer": _attempt(303, 422, outside=303),
    "assessments:gesture": _attempt(303, 303, outside=303),
    "assessments:feedback": _attempt(303),
    "assessments:profile": _attempt(303),
    "assessments:pdf": _attempt(303),
    "assessments:json": _attempt(303),
    "assessments:review": _attempt(303),
    "assessments:keep": _attempt(303, 303),
    "assessments:erase": _attempt(200, 200),
    "assessments:report": _attempt(303, 303),
    "prescribing:asked": Line(doors.learner, 200, 303),
    "cohorts:leave_place": Line(doors.learner, 405, 303),
}

# What staff sees of its own institution, and of those attached to it.
STAFF = {
    "dashboards:pilot": Line(
        doors.staff,
        200,
        other={("instructor of one cohort", "get"): 302, ("instructor elsewhere", "get"): 302, ("pilot", "get"): 302},
    ),
    "dashboards:pilot_national": Line(doors.pilot, 200),
    "dashboards:pilot_university": Line(doors.pilot_of_universities, 200),
    "dashboards:cohort": Line(doors.cohort, 200),
    "dashboards:cohort_people": Line(doors.cohort, 200),
    "dashboards:cohort_map": Line(doors.cohort, 200),
    "dashboards:cohort_student": Line(doors.without(doors.cohort, "beside"), 200),
    "dashboards:institution": Line(doors.framing, 200),
    "dashboards:jury": Line(doors.framing, 200, 422, door_post=doors.coordinators),
    "dashboards:withdraw": Line(doors.coordinators, 405, 303),
    "dashboards:taught": Line(doors.house, 200, 422),
    "dashboards:taught_entry": Line(doors.house, 200, 422),
    "prescribing:index": Line(doors.staff, 200),
    "prescribing:create": Line(doors.staff, 200, 422),
    "prescribing:adjustments": Line(doors.framing, 200, 422),
    "prescribing:assignment": Line(doors.house, 200),
    "prescribing:change": Line(doors.house, 200, 422),
    "prescribing:close": Line(doors.house, 405, 303),
    "prescribing:reopen": Line(doors.house, 405, 303),
    "prescribing:extend": Line(doors.house, 405, 303),
    "prescribing:remind": Line(doors.house, 405, 303),
    "cohorts:rosters": Line(doors.coordinators, 200, 422),
    "cohorts:roster_sample": Line(doors.anywhere, 200),
    "cohorts:places": Line(doors.coordinators, 200, 303),
    "cohorts:roster": Line(doors.coordinators, 200, 409),
    "cohorts:roster_columns": Line(doors.coordinators, 200, 200),
    "cohorts:roster_doubts": Line(doors.coordinators, 303, 303),
    "cohorts:roster_errors": Line(doors.coordinators, 200),
    "cohorts:roster_abandon": Line(doors.coordinators, 405, 303),
}

# What those who keep institutions change: their own alone, all of them for the platform's administrators.
KEEPING = {
    "cohorts:team": Line(doors.keepers, 200, 422),
    "cohorts:team_grant": Line(doors.keepers, 200, 422),
    "cohorts:invitation_revoke": Line(doors.keepers, 405, 303),
    "cohorts:institutions": Line(doors.keepers, 200),
    "cohorts:institution_new": Line(doors.platform, 200, 422),
    "cohorts:institution": Line(doors.keepers, 200, 422),
    "cohorts:institution_attachments": Line(doors.keepers, 405, 422),
    "cohorts:institution_attachment": Line(doors.attachment, 200, 422),
    "cohorts:institution_merger": Line(doors.platform, 200, 422),
    "cohorts:institution_cohorts": Line(doors.keepers, 200, 422),
    "cohorts:institution_cohort": Line(doors.keepers, 200, 422),
    "cohorts:institution_year": Line(doors.keepers, 405, 303),
}
LINES = PUBLIC | MINE | OWNED | STAFF | KEEPING
# Where the object is a cohort: an instructor of one does not see the one beside.
OF_COHORTS = {
    "dashboards:cohort",
    "dashboards:cohort_people",
    "dashboards:cohort_map",
    "dashboards:cohort_student",
    "cohorts:places",
    "cohorts:institution_cohort",
}
