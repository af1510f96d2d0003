"""Django's admin behind the house's sign-in."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from suoja.lib.security import without_trusted_types

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class HouseAdminSite(admin.AdminSite):
    """For administrators. Everybody else meets the sign-in page, as if nothing else were here."""

    site_header = "Chat"
    site_title = "Chat"

    def login(self, request: HttpRequest, _extra: Mapping[str, object] | None = None) -> HttpResponse:
        """Send to the one place where one signs in; an account without the right sees the console instead."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("people:login"))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("people:login"))

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002  # Django's signature.
        """Loosen the one rule that Django's own scripts can't keep."""
        return cast("View", without_trusted_types(super().admin_view(view, cacheable)))
