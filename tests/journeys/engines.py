"""Debian's own browsers, started so that they behave as on somebody's phone."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_FEATURES = "--disable-features="
_PARTITIONING = "ThirdPartyStoragePartitioning"
FIREFOX = "/usr/bin/firefox-esr"
FIREFOX_CHANNEL = "moz-firefox"
# With a process for each site the driver's mouse and keys can't reach into a frame of another site; origins stay apart.
FIREFOX_SETTINGS: dict[str, bool | float | str] = {"fission.autostart": False}
# Block every site's data, as a visitor may in the browser's settings.
NO_STORAGE: dict[str, bool | float | str] = {"network.cookie.cookieBehavior": 2}
# What tabs hold goes to the disk as on people's machines, and every second; a driven Firefox keeps none.
SESSIONS_KEPT: dict[str, bool | float | str] = {
    "browser.sessionstore.resume_from_crash": True,
    "browser.sessionstore.interval": 1000,
}


def launch_chromium(playwright: Playwright) -> Browser:
    """Start Chromium with storage partitioned by the page around a frame, as it is on people's machines.

    Playwright switches the partitioning off, and then a frame on somebody's page has no storage at all.
    """
    usual, given = _features(playwright)
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, given], ignore_default_args=[usual]
    )


def launch_chromium_without_frame_storage(playwright: Playwright) -> Browser:
    """Start Chromium as Playwright does: in a frame on somebody's page every storage throws."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)


def launch_firefox(playwright: Playwright) -> Browser:
    """Start Debian's Firefox ESR, which Playwright drives over BiDi."""
    return playwright.firefox.launch(
        executable_path=FIREFOX, channel=FIREFOX_CHANNEL, firefox_user_prefs=FIREFOX_SETTINGS
    )


def launch_firefox_without_storage(playwright: Playwright) -> Browser:
    """Start Firefox so that every storage throws, in a frame and on a page of its own."""
    return playwright.firefox.launch(
        executable_path=FIREFOX, channel=FIREFOX_CHANNEL, firefox_user_prefs={**FIREFOX_SETTINGS, **NO_STORAGE}
    )


def open_chromium_profile(playwright: Playwright, folder: Path) -> BrowserContext:
    """Start Chromium as somebody's own: what it keeps is in the folder."""
    usual, given = _features(playwright)
    return playwright.chromium.launch_persistent_context(
        folder,
        executable_path=CHROMIUM,
        args=[*CHROMIUM_FLAGS, given],
        ignore_default_args=[usual],
        locale="en-GB",
    )


def open_firefox_profile(playwright: Playwright, folder: Path) -> BrowserContext:
    """Start Firefox as somebody's own: what it keeps is in the folder."""
    return playwright.firefox.launch_persistent_context(
        folder,
        executable_path=FIREFOX,
        channel=FIREFOX_CHANNEL,
        firefox_user_prefs={**FIREFOX_SETTINGS, **SESSIONS_KEPT},
        locale="en-GB",
    )


ENGINES = {"chromium": launch_chromium, "firefox": launch_firefox}
ENGINES_WITHOUT_STORAGE = {
    "chromium": launch_chromium_without_frame_storage,
    "firefox": launch_firefox_without_storage,
}
PROFILES = {"chromium": open_chromium_profile, "firefox": open_firefox_profile}


def engine_of(page: Page) -> str:
    """Return the engine's name that a page is shown by."""
    browser = page.context.browser
    assert browser is not None, "a page of a profile"
    return browser.browser_type.name


def _features(playwright: Playwright) -> tuple[str, str]:
    """Return what Playwright switches off, as it says it, and the same without the partitioning."""
    usual = _usual_features(playwright)
    given = ",".join(name for name in usual.removeprefix(_FEATURES).split(",") if name != _PARTITIONING)
    return usual, _FEATURES + given


def _usual_features(playwright: Playwright) -> str:
    """Read off a running browser which features Playwright switches off."""
    browser = launch_chromium_without_frame_storage(playwright)
    try:
        lines = [_command_line(process) for process in Path("/proc").iterdir() if process.name.isdecimal()]
        features = [one for line in lines for one in line if one.startswith(_FEATURES) and _PARTITIONING in one]
        return features[0]
    finally:
        browser.close()


def _command_line(process: Path) -> list[str]:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:  # It has ended meanwhile.
        return []
