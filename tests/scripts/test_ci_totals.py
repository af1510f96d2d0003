"""The last line of `.ci/run` must not say more than what happened."""

import json
from pathlib import Path

import pytest

from scripts.ci_totals import main

JUNIT = """<testsuites><testsuite>
  <testcase name="good"/>
  <testcase name="bad"><failure/><error/></testcase>
  <testcase name="never looked"><skipped/></testcase>
</testsuite></testsuites>"""
VITEST = {
    "numPassedTests": 2,
    "numFailedTests": 0,
    "numPendingTests": 1,
    "numTodoTests": 0,
    "testResults": [{"status": "failed", "assertionResults": []}, {"status": "passed", "assertionResults": [{}, {}]}],
}


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_both_suites_are_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fast.xml").write_text(JUNIT, encoding="utf-8")
    (tmp_path / "vitest.json").write_text(json.dumps(VITEST), encoding="utf-8")
    assert main(tmp_path, 0) == 1
    assert last_line(capsys) == "3 passed, 2 failed, 2 skipped"


def test_a_good_run_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fast.xml").write_text("<testsuite><testcase name='good'/></testsuite>", encoding="utf-8")
    assert main(tmp_path, 0) == 0
    assert last_line(capsys) == "1 passed, 0 failed, 0 skipped"


def test_a_stage_without_tests_that_fails_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fast.xml").write_text("<testsuite><testcase name='good'/></testsuite>", encoding="utf-8")
    assert main(tmp_path, 1) == 1
    assert last_line(capsys) == "1 passed, 1 failed, 0 skipped"


def test_a_run_that_ran_nothing_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path, 0) == 1
    assert last_line(capsys) == "0 passed, 0 failed, 0 skipped"
