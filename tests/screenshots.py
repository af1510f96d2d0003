"""Pictures of every state into docs/screens/: `make screenshots`.

Two stories are played four times, on a phone and on a desk, in daylight and in the evening, against the real program;
each state is photographed as it comes by. A state without a picture fails, because the story then does not pass.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.engines import launch_chromium
from tests.screens.absences import LIMITS, play_absences
from tests.screens.stage import SCREENS, SEEN, SIZES, Variant, stage
from tests.screens.talks import play_talks

STATES = Path(__file__).parents[1] / "frontend" / "src" / "widget" / "states.ts"


def every_state() -> set[str]:
    """Return the widget's own list of its states."""
    listed = STATES.read_text(encoding="utf-8").partition("[")[2].partition("]")[0]
    return set(re.findall(r'"([a-z]+)"', listed))


def play_all(browser: Browser) -> None:
    """Play both stories in every size and light."""
    limits = " ".join(f"{name}={value}" for name, value in LIMITS.items())
    with stage(browser) as patient, stage(browser, SUOJA_LIMITS=limits) as impatient:
        for size in SIZES:
            for scheme in ("light", "dark"):
                variant = Variant(size, scheme)
                play_talks(variant, patient)
                play_absences(variant, impatient)
                sys.stdout.write(f"{size} {scheme}: done\n")


def main() -> int:
    """Make all pictures anew, and say which state has none."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    for old in SCREENS.glob("*.png"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        play_all(browser)
        browser.close()
    if missing := every_state() - SEEN:
        sys.stderr.write(f"no picture of: {', '.join(sorted(missing))}\n")
        return 1
    sys.stdout.write(f"{len(list(SCREENS.glob('*.png')))} pictures in {SCREENS}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
