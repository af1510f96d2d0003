"""Watches pages for what must never happen: script errors and violations of the content security policy."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

VIOLATION_MARK = "csp-violation:"
RECORD_VIOLATIONS = f"""
addEventListener("securitypolicyviolation", (event) => {{
  console.error("{VIOLATION_MARK}" + event.effectiveDirective + " " + event.blockedURI + " " + event.sample);
}});
"""


class Watch:
    """Collects from any number of pages."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.violations: list[str] = []
        self.errors: list[str] = []
        self.requests: list[str] = []

    def over(self, page: Page) -> Page:
        """Watch a page from before its first script; return it."""
        page.add_init_script(RECORD_VIOLATIONS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)
        return page

    def origins(self) -> set[str]:
        """Return every origin that a watched page has asked for anything."""
        parts = (urlsplit(url) for url in self.requests)
        return {f"{part.scheme}://{part.netloc}" for part in parts if part.scheme in {"http", "https", "ws", "wss"}}

    def assert_clean(self) -> None:
        """Fail when anything was seen that must not be."""
        assert not self.violations, self.violations
        assert not self.errors, self.errors

    def forget(self) -> None:
        """Start anew: what was seen so far was planted. (Firefox tells a violation as a script error too.)"""
        self.violations.clear()
        self.errors.clear()

    def _heard(self, message: ConsoleMessage) -> None:
        if VIOLATION_MARK in message.text or "Content-Security-Policy" in message.text:
            self.violations.append(message.text)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)
