import signal

import pytest
import uvicorn
from pytest_django import Settings

from suoja.asgi import core
from suoja.commands.server import Server, configuration


@pytest.mark.mission("M9")
def test_nothing_is_written_of_who_asked_for_what(settings: Settings) -> None:
    settings.SUOJA_TRUSTED_PROXIES = []
    config = configuration("127.0.0.1", 0)
    assert not config.access_log
    assert not config.proxy_headers
    assert config.log_config is None


def test_only_trusted_proxies_say_who_asks(settings: Settings) -> None:
    settings.SUOJA_TRUSTED_PROXIES = ["10.0.0.0/8"]
    config = configuration("127.0.0.1", 0)
    assert config.proxy_headers
    assert config.forwarded_allow_ips == ["10.0.0.0/8"]


def test_there_is_one_process_and_no_websocket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "4")
    config = configuration("127.0.0.1", 0)
    assert config.workers == 1
    assert config.ws == "none"


def test_streams_are_let_go_before_the_server_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(core, "say_goodbye", lambda: told.append("streams"))
    monkeypatch.setattr(uvicorn.Server, "handle_exit", lambda *_: told.append("server"))
    Server(configuration("127.0.0.1", 0)).handle_exit(signal.SIGTERM, None)
    assert told == ["streams", "server"]
