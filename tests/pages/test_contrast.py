"""The colours keep their promise in both themes: text 7 : 1, edges 3 : 1, one focus ring on any ground."""

import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[2] / "frontend"
TOKENS = (FRONTEND / "styles" / "tokens.css").read_text(encoding="utf-8")
LOADER = "".join(
    (FRONTEND / "src" / "loader" / name).read_text(encoding="utf-8") for name in ("style.ts", "panel-style.ts")
)

TEXT = [
    ("ink", "ground surface recess dusk-tint birch lamp-tint moss-tint brick-tint"),
    ("ink-2", "ground surface recess"),
    ("dusk", "ground surface recess dusk-tint"),
    ("on-dusk", "dusk dusk-hover"),
    ("on-wood", "wood wood-hover"),
    ("lamp-ink", "lamp-tint surface"),
    ("moss", "moss-tint surface"),
    ("brick", "brick-tint surface ground"),
    ("on-brick", "brick"),
]
# The edge of a bubble is decoration: its side, its corner and its words say whose it is.
EDGES = [
    ("line-strong", "ground surface recess"),
    ("sill", "surface"),
    ("lamp-ink", "ground"),
    ("wood", "ground surface"),
    ("dusk", "ground surface recess"),
    ("knob", "dusk"),
    ("pane", "lamp"),
]
ANY_GROUND = "ground surface recess dusk wood birch lamp-tint dusk-tint brick-tint moss-tint"


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def themes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    day = tokens(light)
    return {"light": day, "dark": {**day, **tokens(dark)}}


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(theme: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    colours = themes()[theme]
    return [
        f"{front} on {ground}: {contrast(colours[front], colours[ground]):.2f}"
        for front, grounds in pairs
        for ground in grounds.split()
        if contrast(colours[front], colours[ground]) < least
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_text_is_seven_to_one(theme: str) -> None:
    assert too_weak(theme, TEXT, 7) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_are_three_to_one(theme: str) -> None:
    assert too_weak(theme, EDGES, 3) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ANY_GROUND.split())
def test_one_of_the_two_focus_rings_shows_on_any_ground(theme: str, ground: str) -> None:
    colours = themes()[theme]
    assert max(contrast(colours[ring], colours[ground]) for ring in ("focus-in", "focus-out")) >= 3


def test_the_loader_paints_in_the_tokens_colours() -> None:
    known = {colour for theme in themes().values() for colour in theme.values()}
    # Short forms and see-through shadows apart; white is a token written short.
    used = set(re.findall(r"(?<=:)#[0-9a-f]{6}\b", LOADER))
    assert used
    assert sorted(used - known) == []


def test_the_measure_is_wcags() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
