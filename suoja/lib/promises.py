"""Can this value keep what it promises? Pure questions that the start-up checks ask of settings."""

import re
from ipaddress import ip_network
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")

# A key of this length and variety holds far more than the 128 bits that grants need.  # safety 38
MIN_SECRET_CHARACTERS = 50
MIN_DISTINCT_CHARACTERS = 12

# Public, in every language of the house, and the same for everybody who opens them: nothing on these pages tells what
# was done before, or shows whose account the browser holds.  # safety 6
NEUTRAL_SITES = frozenset(
    {
        "www.ilmatieteenlaitos.fi",
        "sv.ilmatieteenlaitos.fi",
        "en.ilmatieteenlaitos.fi",
        "www.foreca.fi",
        "www.kirjastot.fi",
    }
)


def is_weak_secret(secret: str) -> bool:
    """Say whether a secret is short, or long by repetition only."""
    return len(secret) < MIN_SECRET_CHARACTERS or len(set(secret)) < MIN_DISTINCT_CHARACTERS


def is_neutral_site(url: str) -> bool:
    """Say whether an address leads, over HTTPS, to a place that shows nothing personal."""
    parts = _parts(url)
    return parts is not None and parts.scheme == "https" and parts.netloc in NEUTRAL_SITES


def is_own_machine(url: str) -> bool:
    """Say whether an address stays on this machine, where a demo may play the neutral site itself."""
    parts = _parts(url)
    host = (parts.hostname or "") if parts else ""
    return host in {"127.0.0.1", "localhost"} or host.endswith(".localhost")


def is_origin(text: str, *, schemes: frozenset[str] = frozenset({"https"})) -> bool:
    """Say whether a text is an origin such as `https://www.example.org`: no path, no wildcard, nothing else."""
    scheme, _, host = text.partition("://")
    # Nothing but a name and a port: this text becomes part of a policy, and a space would start another directive.
    return scheme in schemes and _HOST.fullmatch(host) is not None and _parts(text) is not None


def is_network(text: str) -> bool:
    """Say whether a text is an address or a network such as `10.0.0.0/8`."""
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        # A port is read only when asked for, and only then found to be none.
        port = parts.port
    except ValueError:
        return None
    return parts if port != 0 else None
