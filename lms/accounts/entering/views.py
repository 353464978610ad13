"""The doors: django-allauth's, but one is never sent back to a code that one cannot have."""

from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.stagekit import clear_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from kernel import clock

from . import way_back


class Anew:
    """Begin anew whatever was begun.

    allauth leads back to the code of a sign-up under way, but only where there is one: an address that has an account
    gets none. Whoever has an account could then not sign in, and the difference told that the account exists.
    """

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Forget the code that was awaited, and answer."""
        if not request.user.is_authenticated:
            clear_login(request)
            request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class SignInView(Anew, allauth.LoginView):  # type: ignore[misc]  # allauth is not typed
    """Sign in, then go where one was going: as the address of this page says, or as the browser kept it."""

    kept = ""

    def form_valid(self, form: Any) -> HttpResponse:
        """Let the person in, with a second factor first if they have one."""
        self.kept = way_back.take(self.request.session, email=form.user.email, at=clock.now().timestamp())
        response: HttpResponse = super().form_valid(form)
        return response

    def get_next_url(self) -> str | None:
        """Return where the person goes next."""
        return super().get_next_url() or self.kept or None


class SignUpView(Anew, allauth.SignupView):  # type: ignore[misc]
    """Sign up, then ask for a code: the page that does leads whoever has an account to sign in, and then back."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Answer the same whether or not the address is known."""
        _note(self, form)
        response: HttpResponse = super().form_valid(form)
        if response.headers.get("Location") == reverse("account_email_verification_sent"):
            response["Location"] = self.passthrough_next_url(response["Location"])
        return response


class ForgottenView(allauth.PasswordResetView):  # type: ignore[misc]
    """Send a link to choose another password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep where the person was going until they sign in with the new one."""
        _note(self, form)
        response = super().form_valid(form)
        return HttpResponseRedirect(reverse("account_reset_password_done")) if response.status_code == 302 else response


def _note(view: Any, form: Any) -> None:
    email, url = form.cleaned_data["email"], view.get_next_url() or ""
    way_back.note(view.request.session, email=email, url=url, at=clock.now().timestamp())


sign_in, sign_up, forgotten = SignInView.as_view(), SignUpView.as_view(), ForgottenView.as_view()
