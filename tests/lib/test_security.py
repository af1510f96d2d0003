import pytest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from pytest_django import Settings

from suoja.lib.languages import View
from suoja.lib.security import (
    CSP,
    SecurityHeaders,
    StaffHost,
    framed,
    policy_text,
    with_frame,
    without_trusted_types,
)


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def answered(view: View) -> HttpResponseBase:
    return SecurityHeaders(view)(RequestFactory().get("/"))


@pytest.mark.safety(34)
def test_a_page_may_do_nothing_that_was_not_opened() -> None:
    headers = answered(plain).headers
    assert headers[CSP].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in headers[CSP]
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in headers[CSP]
    assert "unsafe" not in headers[CSP]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.safety(34)
@pytest.mark.parametrize("power", ["camera", "microphone", "geolocation", "screen-wake-lock"])
def test_no_page_may_ask_for_a_power(power: str) -> None:
    assert f"{power}=()" in answered(plain).headers["Permissions-Policy"]


def test_what_a_view_says_itself_stays() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "max-age=60", "Cross-Origin-Resource-Policy": "cross-origin"})

    headers = answered(view).headers
    assert headers["Cache-Control"] == "max-age=60"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.safety(34)
def test_the_frame_may_stand_on_the_listed_sites_alone(settings: Settings) -> None:
    settings.SUOJA_FRAME_HOSTS = ["https://www.example.org"]
    headers = answered(framed(plain)).headers
    assert "frame-ancestors 'self' https://www.example.org;" in headers[CSP]
    assert "X-Frame-Options" not in headers


def test_a_page_with_the_loader_may_hold_our_frame() -> None:
    assert "frame-src 'self'" in answered(with_frame(plain)).headers[CSP]


def test_two_decorators_add_up(settings: Settings) -> None:
    settings.SUOJA_FRAME_HOSTS = []
    policy = answered(with_frame(framed(plain))).headers[CSP]
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert policy.count("frame-ancestors") == 1


def test_the_admins_own_scripts_may_write_html() -> None:
    policy = answered(without_trusted_types(plain)).headers[CSP]
    assert "trusted-types" not in policy
    assert "script-src 'self'" in policy


def test_a_policy_is_one_line_of_directives() -> None:
    assert policy_text({"img-src": None}).count(";") == policy_text({}).count(";") - 1


@pytest.mark.parametrize("path", ["/console/", "/en/console/", "/accounts/login/", "/sv/admin/"])
def test_helpers_pages_exist_under_the_staff_host_only(settings: Settings, path: str) -> None:
    settings.SUOJA_STAFF_HOST = "staff.example.org"
    settings.ALLOWED_HOSTS = ["staff.example.org", "chat.example.org"]
    request = RequestFactory().get(path, headers={"Host": "staff.example.org"})
    assert StaffHost(plain)(request).status_code == 200
    with pytest.raises(Http404):
        StaffHost(plain)(RequestFactory().get(path, headers={"Host": "chat.example.org"}))


def test_visitors_pages_exist_under_every_host(settings: Settings) -> None:
    settings.SUOJA_STAFF_HOST = "staff.example.org"
    settings.ALLOWED_HOSTS = ["chat.example.org"]
    assert StaffHost(plain)(RequestFactory().get("/chat/", headers={"Host": "chat.example.org"})).status_code == 200
