"""django-allauth: e-mail and password; institutional doors (ProConnect, SAML) come with the universities."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "lms.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# A lecture hall is one address: the default limits per IP would lock it out. What protects is the limit per account.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key", "login": False, "signup": False, "reset_password": "5/5m/key"}
LOGIN_URL = "account_login"
# Names, not paths: an English reader stays under /en/.
LOGIN_REDIRECT_URL = "dashboards:learner"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
