"""Compile the message catalogues, the house's and each room's, with Babel: no gettext needed on the machine.

A catalogue that Django could not read, or that gettext would refuse, stops the build here.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SUOJA = Path(__file__).resolve().parent.parent / "suoja"


def compile_one(source: Path) -> str:
    """Write the `.mo` beside the `.po`; fuzzy messages stay out, as with msgfmt."""
    with source.open("rb") as lines:
        catalogue = read_po(lines, locale=source.parts[-3], abort_invalid=True)
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
    return f"{source.relative_to(SUOJA)}: {len(catalogue)} messages"


def main() -> int:
    """Compile every catalogue; with none to find something is wrong with the checkout."""
    sources = sorted(SUOJA.glob("**/locale/*/LC_MESSAGES/*.po"))
    if not sources:
        sys.stderr.write("No catalogues under suoja/: nothing to compile.\n")
    for source in sources:
        sys.stdout.write(compile_one(source) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
