"""The console's page, and the grants that its script works with."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from suoja.console.data import console_data
from suoja.console.duty import CAPACITY, duty_of_session
from suoja.conversations.actions import Grant, give_duty_grant
from suoja.lib import clock
from suoja.lib.answers import json_answer
from suoja.lib.errors import NotYours, SuojaError, Unauthorised
from suoja.lib.grants import Standing
from suoja.live.wire import Failure
from suoja.people.access import answering_helper
from suoja.people.sessions import end_duty_of


@require_safe
@login_required
def console(request: HttpRequest) -> HttpResponse:
    """Draw the shell; console.js fills it. Whoever's role answers nobody is told so."""
    try:
        helper = answering_helper(request.user)
    except NotYours as refusal:
        return render(request, "console/no_duty.html", status=refusal.status)
    context = {
        "data": console_data(helper, duty_of_session(request.session)),
        "shown_name": helper.names[get_language() or "fi"],  # M7
    }
    return render(request, "console/console.html", context)


@require_POST
def grant(request: HttpRequest) -> HttpResponse:
    """Give the signed-in helper a grant for the session's duty, five minutes at a time.

    Answers a script, so whoever isn't signed in gets an error and no way to a page.
    """
    try:
        given = _grant_for(request)
    except SuojaError as refusal:
        return json_answer(Failure(refusal.code), HTTPStatus(refusal.status))
    return json_answer(given)


@require_POST
@login_required
def begin(request: HttpRequest) -> HttpResponseRedirect:
    """Begin another duty in the same session: the one before has ended while the console was away.

    It is ended here all the same: the one who asks may be wrong, or may have been led here.
    """
    end_duty_of(request.session)
    return redirect("console:console")


def _grant_for(request: HttpRequest) -> Grant:
    if not request.user.is_authenticated:
        raise Unauthorised
    helper = answering_helper(request.user)
    standing = Standing(helper.role, helper.lines, helper.languages, helper.names, CAPACITY)
    duty = duty_of_session(request.session)
    return give_duty_grant(helper_code=helper.code, standing=standing, duty=duty, now=clock.now())
