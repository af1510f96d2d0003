"""Static files from this process: every file in memory's reach, named by its content, cached for good."""

from contextlib import closing

from django.http import FileResponse, HttpRequest, HttpResponse

# WhiteNoise ships no types; what we use of it is in this file alone.
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]  # Said above.
from whitenoise.responders import Response, StaticFile  # type: ignore[import-untyped]  # Said above.


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # Its base has no types.
    """WhiteNoise, answering with bytes.

    Its own answer is a file read piece by piece, for which an ASGI server borrows a thread per piece; ours are small.
    """

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse | FileResponse:
        """Answer with the file, or with what the browser's cache may keep."""
        found = static_file.get_response(request.method, request.META)
        response = HttpResponse(_content(found), status=int(found.status))
        del response.headers["Content-Type"]
        for name, value in found.headers:
            response.headers[name] = value
        return response


def _content(found: Response) -> bytes:
    if found.file is None:
        return b""
    with closing(found.file) as file:
        content: bytes = file.read()
    return content
