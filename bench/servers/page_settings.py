"""The program's own settings, and one page more: the kind of page that a coordinator opens while others talk."""

from suoja.settings import *  # noqa: F403  # The program as it is; only the address of one page is added.

ROOT_URLCONF = "bench.servers.page_urls"
