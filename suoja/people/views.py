"""Signing in and out."""

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from suoja.people.forms import SignInForm
from suoja.people.sessions import end_duty_of


class SignIn(LoginView):
    """Email and password; the console, or where one was going, afterwards."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Stay in the language of the page."""
        language = get_language()
        prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        return f"{prefix}{settings.LOGIN_REDIRECT_URL}"


class SignOut(LogoutView):
    """Ends the session, and with it the duty: its grants are refused and its streams close from here on."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """End the duty first: a sign-out that could not must not look like one."""
        end_duty_of(request.session)
        return super().post(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """Go to the sign-in page, in the language of the page."""
        return reverse("people:login")
