import socket

import pytest

from suoja.commands.port import taken_port
from suoja.commands.prepare import NotReady


def test_a_free_port_is_held_and_answers_nobody_yet() -> None:
    with taken_port("127.0.0.1", 0) as port:
        place = port.getsockname()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(place, timeout=1)


def test_a_port_that_somebody_listens_at_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        _, number = holder.getsockname()
        with pytest.raises(NotReady, match=rf"^Another program already has port {number} of 127\.0\.0\.1: .*--port\.$"):
            taken_port("127.0.0.1", number)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("nowhere.invalid", 8000)])
def test_a_port_that_can_not_be_is_said_in_a_sentence(host: str, port: int) -> None:
    with pytest.raises(NotReady, match=rf"^Port {port} of {host} can't be used: .*\.$"):
        taken_port(host, port)
