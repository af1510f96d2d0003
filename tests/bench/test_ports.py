"""Two benches on one machine never share a port, and each server can still listen on its own."""

import socket

import pytest

from bench.ports import held_port


def number_of(holder: socket.socket) -> int:
    port: int = holder.getsockname()[1]
    return port


def test_what_is_held_is_not_held_twice() -> None:
    with held_port() as one, held_port() as other:
        assert number_of(one) != number_of(other)


def test_a_server_listens_on_the_port_that_is_held_for_it() -> None:
    with held_port() as holder, socket.create_server(holder.getsockname()):
        socket.create_connection(holder.getsockname()).close()


def test_nobody_answers_where_a_port_is_only_held() -> None:
    with held_port() as holder, pytest.raises(ConnectionRefusedError):
        socket.create_connection(holder.getsockname())


def test_what_connections_take_for_themselves_is_left_alone() -> None:
    with held_port() as holder, socket.create_server(("127.0.0.1", 0)) as server:
        assert number_of(holder) < server.getsockname()[1]
