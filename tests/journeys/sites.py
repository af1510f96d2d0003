"""Two sites that are not ours: a host page that carries the chat, and the neutral place where the exit leads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Kotilahti association</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"></head>
<body><h1>Autumn groups</h1><p>The open groups meet again on Wednesdays.</p>
<p><label>Search <input name="q"></label></p><p><a href="/second/">Another page</a></p>
<p><a href="{chat}/en/chat/">Chat</a></p>
<script src="{chat}/embed/suoja.js" async></script></body></html>"""

NEUTRAL_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Weather</title><link rel="icon" href="data:,"></head>
<body><h1>Weather today</h1></body></html>"""


class Site:
    """A page served from an origin of its own; it notes each request, to see what a browser tells it."""

    def __init__(self, name: str) -> None:
        """Bind to a free port under `<name>.localhost`."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.requests.append((self.path, self.headers.get("Referer")))
                body = site.page.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing: the requests are kept above."""

        self.page = NEUTRAL_PAGE
        self.requests: list[tuple[str, str | None]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://{name}.localhost:{self._server.server_address[1]}"

    @contextmanager
    def served(self) -> Iterator["Site"]:
        """Serve in a thread for as long as the block runs."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
