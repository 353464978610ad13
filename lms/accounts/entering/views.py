"""The doors: django-allauth's, but one is never sent back to a code that one cannot have."""

from typing import Any, Final

from allauth.account import views as allauth
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.account.internal.stagekit import clear_login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from kernel import clock

from . import way_back

CODE: Final = "account_email_verification_sent"


class SignInView(allauth.LoginView):  # type: ignore[misc]  # allauth is not typed
    """Sign in, then go where one was going: as the address of this page says, or as the browser kept it."""

    kept = ""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Let in whoever has an account: no code comes to them."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Let the person in, with a second factor first if they have one."""
        if self._awaits_code(form):
            return self._to_code()
        _forget_code(self.request)
        self.kept = way_back.take(self.request.session, email=form.user.email, at=clock.now().timestamp())
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what is wrong; not that too many codes were asked for, to whoever has just been sent one."""
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts") and self._awaits_code(form):
            return self._to_code()
        response: HttpResponse = super().form_invalid(form)
        return response

    def _awaits_code(self, form: Any) -> bool:
        """Say whether this is the person who has just signed up here, and their password."""
        awaited = EmailVerificationProcess.resume(self.request)
        email, password = (form.cleaned_data.get(name, "") for name in ("login", "password"))
        user = awaited.user if awaited is not None else None
        return user is not None and user.email == email.lower() and bool(user.check_password(password))

    def _to_code(self) -> HttpResponse:
        return HttpResponseRedirect(self.passthrough_next_url(reverse(CODE)))

    def get_next_url(self) -> str | None:
        """Return where the person goes next."""
        return super().get_next_url() or self.kept or None


class SignUpView(allauth.SignupView):  # type: ignore[misc]
    """Sign up, then ask for a code: the page that does leads whoever has an account to sign in, and then back.

    allauth leads back to the code while one is awaited, but only where there is one: an address that has an account is
    sent none, and the difference told that the account exists.
    """

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Lead back to the code, real or not, unless another address is to be given."""
        if not request.user.is_authenticated:
            if "autre" in request.GET:
                _forget_code(request)
            elif EmailVerificationProcess.resume(request) is not None:
                return HttpResponseRedirect(self.passthrough_next_url(reverse(CODE)))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Answer the same whether or not the address is known."""
        _note(self, form)
        response: HttpResponse = super().form_valid(form)
        if response.headers.get("Location") == reverse(CODE):
            response["Location"] = self.passthrough_next_url(response["Location"])
        return response


class ForgottenView(allauth.PasswordResetView):  # type: ignore[misc]
    """Send a link to choose another password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep where the person was going until they sign in with the new one."""
        _note(self, form)
        response = super().form_valid(form)
        return HttpResponseRedirect(reverse("account_reset_password_done")) if response.status_code == 302 else response


def _forget_code(request: HttpRequest) -> None:
    clear_login(request)
    request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)


def _note(view: Any, form: Any) -> None:
    email, url = form.cleaned_data["email"], view.get_next_url() or ""
    way_back.note(view.request.session, email=email, url=url, at=clock.now().timestamp())


sign_in, sign_up, forgotten = SignInView.as_view(), SignUpView.as_view(), ForgottenView.as_view()
