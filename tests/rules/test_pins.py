"""What is installed is what was looked at: every pin has a hash, and every package that we name is pinned."""

import json
import re
import tomllib

import pytest

from tests.rules.house import ROOT

REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==[^\s;]+", re.MULTILINE)
SETS = {"base": (), "dev": ("dev",)}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named_in_pyproject(extras: tuple[str, ...]) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {normal(found.group()) for line in lines if (found := re.match(r"[A-Za-z0-9._-]+", line))}


@pytest.mark.parametrize("name", SETS)
def test_every_python_pin_has_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=\S)", text.strip())
    assert pins
    assert [pin.splitlines()[0] for pin in pins if not REQUIREMENT.match(pin) or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("name", SETS)
def test_every_package_that_we_name_is_pinned(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = {normal(found) for found in REQUIREMENT.findall(text)}
    assert named_in_pyproject(SETS[name]) - pinned == set()


def test_every_npm_package_has_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 1
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_the_lock_is_of_this_package_file() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    root = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert root.get(kind) == wanted.get(kind)
