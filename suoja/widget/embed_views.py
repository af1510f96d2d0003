"""The scripts that other sites fetch. Any origin may: they hold nothing of anybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from suoja.widget.scripts import kept_script, present_scripts

# Short, so that hosts get changes within minutes, and long enough that a host's pages fetch it once in a visit.
SHORT = "public, max-age=300"
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def loader(_request: HttpRequest) -> HttpResponse:
    """Answer with the loader of this version, under the address that never changes.

    A header tells which immutable address and hash a host may pin instead (docs/operate/embedding.md).
    """
    scripts = present_scripts()
    response = _script(scripts.loader.body, SHORT)
    response.headers["Suoja-Pinned"] = f"/embed/{scripts.pinned.name} {scripts.pinned.integrity}"
    return response


@require_safe
def pinned(_request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the loader or the panel of one version, for good."""
    body = kept_script(name)
    if body is None:
        raise Http404
    return _script(body, FOR_GOOD)


def _script(body: bytes, cache: str) -> HttpResponse:
    headers = {
        "Cache-Control": cache,
        # The panel is fetched as a module and a pinned loader with its hash: both ask as another origin.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)
