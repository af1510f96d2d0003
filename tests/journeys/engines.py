"""Debian's own browsers, started so that they behave as on somebody's phone."""

from pathlib import Path

from playwright.sync_api import Browser, Playwright

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


def launch_chromium(playwright: Playwright) -> Browser:
    """Start Chromium with storage partitioned by the page around a frame, as it is on people's machines.

    Playwright switches the partitioning off, and then a frame on somebody's page has no storage at all.
    """
    usual = _usual_features(playwright)
    given = ",".join(name for name in usual.removeprefix(_FEATURES).split(",") if name != _PARTITIONING)
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, _FEATURES + given], ignore_default_args=[usual]
    )


def launch_chromium_without_frame_storage(playwright: Playwright) -> Browser:
    """Start Chromium as Playwright does: in a frame on somebody's page every storage throws."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)


def launch_firefox(playwright: Playwright) -> Browser:
    """Start Debian's Firefox ESR, which Playwright drives over BiDi.

    With a process for each site its mouse and keys can't reach into a frame of another site; origins stay apart.
    """
    return playwright.firefox.launch(
        executable_path="/usr/bin/firefox-esr",
        channel="moz-firefox",
        firefox_user_prefs={"fission.autostart": False},
    )


ENGINES = {"chromium": launch_chromium, "firefox": launch_firefox}


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
