import signal
import socket

import pytest
import uvicorn
from pytest_django import Settings

from suoja.asgi import core
from suoja.commands import server
from suoja.commands.server import UNSENT_BYTES, Server, bound_readers, configuration


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


@pytest.mark.safety(38)
def test_a_port_bounds_what_its_connections_hold() -> None:
    with socket.create_server(("127.0.0.1", 0)) as port:
        bound_readers(port)
        with socket.create_connection(port.getsockname()):
            connection, _ = port.accept()
            with connection:
                assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
                assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) == UNSENT_BYTES


def test_streams_are_let_go_before_the_server_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(core, "say_goodbye", lambda: told.append("streams"))
    monkeypatch.setattr(uvicorn.Server, "handle_exit", lambda *_: told.append("server"))
    monkeypatch.setattr(server, "stop_at_the_latest", lambda: told.append("timer"))
    serving = Server(configuration("127.0.0.1", 0))
    serving.handle_exit(signal.SIGTERM, None)
    assert told == ["timer", "streams", "server"]
    serving.should_exit = True
    serving.handle_exit(signal.SIGTERM, None)
    assert told == ["timer", "streams", "server", "streams", "server"]
