"""What the bench asks of the machine."""

import os
import resource

import pytest

from bench import machine
from bench.plan import SHORT, Plan


def test_two_cores_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {3, 1, 2})
    assert machine.two_cores() == machine.Cores(server=1, driver=2)


def test_one_core_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    with pytest.raises(machine.Unfit, match="One core only"):
        machine.two_cores()


def test_a_process_is_asked_what_it_has_used() -> None:
    assert machine.cpu_seconds(os.getpid()) > 0
    assert machine.resident_bytes(os.getpid()) > 1_000_000


def test_too_few_open_files_are_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", lambda _what, limits: set_to.append(limits))
    with pytest.raises(machine.Unfit, match="Only 4096 open files are allowed here"):
        machine.raise_file_limit(Plan().files)
    assert set_to == []
    machine.raise_file_limit(SHORT.files)
    assert set_to == [(4096, 4096)]
