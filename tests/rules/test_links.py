"""Every link of the documents that stays within the checkout leads somewhere: a fresh clone stands alone."""

import re
from pathlib import Path

from tests.rules.house import DOCS, ROOT, name_of

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def broken_links(page: Path) -> list[str]:
    targets = [target.split("#")[0] for target in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]
    return [f"{name_of(page)} → {target}" for target in local if not (page.parent / target).exists()]


def test_every_link_within_the_checkout_leads_somewhere() -> None:
    assert len(pages()) > 1
    assert [broken for page in pages() for broken in broken_links(page)] == []
