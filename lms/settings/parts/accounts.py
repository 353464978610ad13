"""django-allauth: e-mail and password; institutional doors (ProConnect, SAML) come with the universities."""

import os

AUTH_USER_MODEL = "accounts.User"
# Django's sessions, with whose they are: erasing a person ends theirs everywhere (lms/accounts/sessions.py).
SESSION_ENGINE = "lms.accounts.sessions"
AUTHENTICATION_BACKENDS = ["lms.accounts.backends.Backend"]
ACCOUNT_ADAPTER = "lms.accounts.adapters.AccountAdapter"
# One way to say what is missing: the field is named (lms/accounts/entering/forms.py).
ACCOUNT_FORMS = {
    "login": "lms.accounts.entering.forms.SignInForm",
    "signup": "lms.accounts.entering.forms.SignUpForm",
    "confirm_email_verification_code": "lms.accounts.entering.forms.CodeForm",
    "add_email": "lms.accounts.entering.forms.AddressForm",
    "reset_password": "lms.accounts.entering.forms.ForgottenForm",
    "reset_password_from_key": "lms.accounts.entering.forms.NewPasswordForm",
    "change_password": "lms.accounts.entering.forms.ChangeForm",
    "set_password": "lms.accounts.entering.forms.FirstPasswordForm",
    "reauthenticate": "lms.accounts.entering.forms.AgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Signing up says the same page, whether or not the address is known: only the letter differs, and its owner reads it.
# A code rather than a link: one stays in the page, on the same device, and a lecture hall is in within a minute.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# A lecture hall is one address: the default limits per IP would lock it out. What protects is the limit per account.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key", "login": False, "signup": False, "reset_password": "5/5m/key"}
# Whose role opens other people's data gives a second factor before those pages; it is offered to everybody else.
SECOND_FACTOR_FOR_STAFF = True
MFA_ADAPTER = "lms.accounts.second_factor.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {"authenticate": "lms.accounts.second_factor.forms.EnterForm"}
MFA_TOTP_ISSUER = "Socle"
MFA_TOTP_TOLERANCE = 1
# Limits by address count that of the reader: what our own proxy writes in X-Forwarded-For, not that of the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SOCLE_PROXIES", "1"))
LOGIN_URL = "account_login"
# Names, not paths: an English reader stays under /en/.
LOGIN_REDIRECT_URL = "dashboards:learner"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
