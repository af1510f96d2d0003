"""No tracked file names a package registry: a mirror, a closed network and a later move all stay possible."""

import subprocess
from urllib.parse import urlsplit

from pip._internal.models.index import PyPI

from tests.rules.house import ROOT, name_of, tracked_files

# Put together here, so that this file does not name them either.
USUAL = {f"registry.{host}" for host in ("npmjs" + ".org", "yarnpkg" + ".com")}
LOCKS_WITH_ADDRESSES = {"uv.lock", "pylock.toml", "yarn.lock", "pnpm-lock.yaml"}


def registry_hosts() -> set[str]:
    """Ask the clients which hosts they use here, and add the usual ones."""
    asked = subprocess.run(
        ["npm", "config", "get", "registry"],  # noqa: S607 - the environment's own npm, first on make's path
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    host = urlsplit(asked.stdout.strip().splitlines()[-1]).hostname
    return USUAL | {PyPI.netloc, PyPI.file_storage_domain} | ({host} if host else set())


def test_no_tracked_file_names_a_registry() -> None:
    hosts = [host.encode() for host in registry_hosts()]
    files = tracked_files()
    assert files, "git lists the files of the checkout"
    assert [name_of(path) for path in files if any(host in path.read_bytes() for host in hosts)] == []


def test_no_lock_that_records_addresses_is_tracked() -> None:
    assert [name_of(path) for path in tracked_files() if path.name in LOCKS_WITH_ADDRESSES] == []
