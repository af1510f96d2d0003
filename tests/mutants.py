"""Planted breaks that the suite must catch: `make mutants`, or `make mutants MUTANTS=--short` for the short form.

A suite is worth what it catches. Each mutant of mutants.toml undoes one rule in a copy of the tree; the test that is
named with it must pass before, run, and fail afterwards. A test that could not start proves nothing and counts as
missed, and so does a break whose old text is not found exactly once: the list can't go stale in silence.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.named_test import Outcome, is_vitest, run, run_test

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_suffix(".toml")
SHARED = (".venv", "node_modules")
BUILT = Path("suoja/static/suoja")


class Mutant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One break. `test` is pytest's node id or `file.test.ts::the test's whole name`; a parametrised one may be cut."""

    name: str
    why: str
    file: str
    old: str
    new: str
    test: str
    is_short: bool = msgspec.field(default=False, name="short")

    @property
    def changes_the_built_front_end(self) -> bool:
        """Tell whether the program serves other bytes now; vitest reads the sources and needs no build."""
        return self.file.startswith("frontend/") and not is_vitest(self.test)


class Mutants(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mutant: list[Mutant]


class Verdict(msgspec.Struct, frozen=True):
    mutant: Mutant
    remark: str
    """Why it was missed; empty when it was caught."""
    seconds: float = 0

    def line(self) -> str:
        word = f"MISSED ({self.remark})" if self.remark else "caught"
        return f"{self.seconds:6.1f} s  {self.mutant.name:<52} {word:<8} {self.mutant.test}"


# --- a copy of the tree ----------------------------------------------------------------------------------------------


@contextmanager
def copied_tree() -> Iterator[Path]:
    """Copy what is or would be committed; the environments are shared, and what the build makes is made there."""
    with tempfile.TemporaryDirectory(prefix="suoja-mutants-") as folder:
        tree = Path(folder) / "tree"
        for name in sources():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
        for name in SHARED:
            (tree / name).symlink_to(ROOT / name, target_is_directory=True)
        check_that_it_is_the_copy(tree)
        yield tree


def sources() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - fixed words
    return [name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]


def check_that_it_is_the_copy(tree: Path) -> None:
    """Stop where the installed program would be tested instead of the copy: every break would be missed."""
    found = run(tree, sys.executable, "-c", "import suoja; print(suoja.__file__)")
    if not Path(found.stdout.strip()).is_relative_to(tree):
        sys.exit(f"The copy is not what Python imports: {found.stdout}{found.stderr}")


def build(tree: Path) -> str:
    """Build the front end of the copy; return what went wrong, if anything."""
    made = run(tree, "node", "frontend/build.mjs")
    return "" if made.returncode == 0 else f"the front end doesn't build: {made.stderr.strip()[:200]}"


# --- the mutants -----------------------------------------------------------------------------------------------------


class Laboratory:
    """The copied tree, with what is known of its tests before any break."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree
        self._unbroken: dict[str, str] = {}

    def prepare(self, mutants: list[Mutant]) -> None:
        """Make in the copy what git ignores and pytest's tests read: catalogues and the built front end."""
        if all(is_vitest(mutant.test) for mutant in mutants):
            return
        made = run(self._tree, sys.executable, "scripts/catalogues.py")
        if problem := made.stderr if made.returncode else build(self._tree):
            sys.exit(problem)
        shutil.copytree(self._tree / BUILT, self._tree / ".ci" / "built")

    def judge(self, mutant: Mutant) -> Verdict:
        started = time.monotonic()
        remark = self._why_missed(mutant)
        return Verdict(mutant, remark, time.monotonic() - started)

    def _why_missed(self, mutant: Mutant) -> str:
        source = self._tree / mutant.file
        if not source.is_file():
            return "there is no such file"
        times = source.read_text(encoding="utf-8").count(mutant.old)
        if times != 1:
            return f"the old text is found {times} times"
        if problem := self._unbroken_problem(mutant.test):
            return problem
        with self._broken(mutant):
            problem = build(self._tree) if mutant.changes_the_built_front_end else ""
            found = Outcome(remark=problem) if problem else run_test(self._tree, mutant.test)
        return found.remark or ("" if found.failed else "the test passes all the same")

    def _unbroken_problem(self, test: str) -> str:
        """Run each test once without any break: one that fails anyway catches nothing."""
        if test not in self._unbroken:
            found = run_test(self._tree, test)
            failed = "the test fails without the break" if found.failed else ""
            self._unbroken[test] = found.remark or failed
        return self._unbroken[test]

    @contextmanager
    def _broken(self, mutant: Mutant) -> Iterator[None]:
        source = self._tree / mutant.file
        whole = source.read_text(encoding="utf-8")
        source.write_text(whole.replace(mutant.old, mutant.new), encoding="utf-8")
        try:
            yield
        finally:
            source.write_text(whole, encoding="utf-8")
            if mutant.changes_the_built_front_end:
                shutil.rmtree(self._tree / BUILT)
                shutil.copytree(self._tree / ".ci" / "built", self._tree / BUILT)


def chosen(arguments: argparse.Namespace) -> list[Mutant]:
    everything = msgspec.toml.decode(LIST.read_bytes(), type=Mutants).mutant
    wanted = [mutant for mutant in everything if not arguments.short or mutant.is_short]
    return [mutant for mutant in wanted if not arguments.only or arguments.only in mutant.name]


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Plants breaks and demands that the named tests catch them.")
    parser.add_argument("--short", action="store_true", help="those marked short, as the continuous integration does")
    parser.add_argument("--only", metavar="WORD", help="those whose name contains this")
    parser.add_argument("--list", action="store_true", help="say what they are and why, and run nothing")
    return parser.parse_args()


def main() -> int:
    arguments = parsed_arguments()
    mutants = chosen(arguments)
    if not mutants:
        sys.exit("There is no such mutant.")
    if arguments.list:
        sys.stdout.writelines(f"{mutant.name}\n    {mutant.why}\n    {mutant.test}\n" for mutant in mutants)
        return 0
    missed = 0
    with copied_tree() as tree:
        laboratory = Laboratory(tree)
        laboratory.prepare(mutants)
        for mutant in mutants:
            verdict = laboratory.judge(mutant)
            missed += bool(verdict.remark)
            sys.stdout.write(verdict.line() + "\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(mutants) - missed} caught, {missed} missed\n")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
