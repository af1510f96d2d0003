"""The servers of the bench: each starts on a port of its own, and none is left behind."""

import os
from pathlib import Path

import pytest

from bench.programs import NotServing, Program, baseline

CORE = min(os.sched_getaffinity(0))


def is_running(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def test_two_servers_at_once_have_two_ports(tmp_path: Path) -> None:
    with baseline("relay", tmp_path / "one", CORE) as one, baseline("relay", tmp_path / "two", CORE) as two:
        assert one.address != two.address
        processes = one.process, two.process
        assert all(is_running(process) for process in processes)
    assert not any(is_running(process) for process in processes)


def test_a_server_that_was_killed_starts_again_where_it_was(tmp_path: Path) -> None:
    with baseline("relay", tmp_path / "relay", CORE) as program:
        first, where = program.process, program.address
        program.kill()
        program.launch()
        assert program.process != first
        assert program.address == where


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotServing, match="invalid choice: 'pigeon'"), baseline("pigeon", tmp_path / "pigeon", CORE):
        pytest.fail("It serves.")


def test_what_goes_wrong_at_a_server_leaves_no_server_behind(tmp_path: Path) -> None:
    process = 0

    def breaks(program: Program) -> None:
        nonlocal process
        process = program.process
        raise LookupError

    with pytest.raises(LookupError), baseline("relay", tmp_path / "relay", CORE) as program:
        breaks(program)
    assert process
    assert not is_running(process)
