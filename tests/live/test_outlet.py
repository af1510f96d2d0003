"""The way out of a stream: written while there is something to write, and no longer waited for than is bearable."""

import asyncio
import gc

import pytest

from suoja.live.hub import Stream
from suoja.live.limits import Limits
from suoja.live.outlet import Outlet, give_up_stuck
from tests.live.asgi import Json


class Connection:
    """A reader that takes what it is sent, until a test says that it takes no more."""

    def __init__(self) -> None:
        self.sent: list[tuple[bytes, bool]] = []
        self.takes = asyncio.Event()
        self.takes.set()
        self.gone = asyncio.Event()

    async def send(self, message: Json) -> None:
        await self.takes.wait()
        self.sent.append((message["body"], message["more_body"]))

    async def receive(self) -> Json:
        await self.gone.wait()
        return {"type": "http.disconnect"}


def stream() -> Stream:
    made = Stream("talk", 1, ["conversation:talk"], 0)
    made.bind(Limits())
    return made


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_waits_goes_in_one_piece_and_no_task_stays_behind() -> None:
    connection, ours, writing = Connection(), stream(), dict[Outlet, float]()
    ours.push(b"a")
    ours.push(b"b")
    running = asyncio.create_task(Outlet(ours, connection.send, writing).run(connection.receive))
    await settled()
    tasks = asyncio.all_tasks()
    ours.push(b"c")
    await settled()
    assert connection.sent == [(b"ab", True), (b"c", True)]
    assert asyncio.all_tasks() == tasks
    assert writing == {}
    connection.gone.set()
    await running


async def test_the_end_of_a_stream_ends_the_answer() -> None:
    connection, ours = Connection(), stream()
    running = asyncio.create_task(Outlet(ours, connection.send, {}).run(connection.receive))
    await settled()
    ours.end("restart", may_return=True)
    await settled()
    assert [more for _, more in connection.sent] == [True, False]
    connection.gone.set()
    await running


async def test_what_comes_while_it_writes_is_written_after_it() -> None:
    connection, ours = Connection(), stream()
    running = asyncio.create_task(Outlet(ours, connection.send, {}).run(connection.receive))
    connection.takes.clear()
    ours.push(b"a")
    await settled()
    ours.push(b"b")
    ours.push(b"c")
    connection.takes.set()
    await settled()
    assert connection.sent == [(b"a", True), (b"bc", True)]
    connection.gone.set()
    await running


@pytest.mark.safety(38)
async def test_a_reader_that_takes_nothing_is_given_up() -> None:
    connection, ours, writing = Connection(), stream(), dict[Outlet, float]()
    outlet = Outlet(ours, connection.send, writing)
    running = asyncio.create_task(outlet.run(connection.receive))
    connection.takes.clear()
    ours.push(b"a")
    await settled()
    [since] = writing.values()
    assert give_up_stuck(writing, 30, since + 29) == 0
    assert give_up_stuck(writing, 30, since + 30) == 1
    await asyncio.wait_for(running, 5)
    await settled()
    assert outlet.is_stuck
    assert writing == {}


async def test_a_closed_connection_ends_a_write_that_waits() -> None:
    connection, ours, writing = Connection(), stream(), dict[Outlet, float]()
    running = asyncio.create_task(Outlet(ours, connection.send, writing).run(connection.receive))
    connection.takes.clear()
    ours.push(b"a")
    await settled()
    connection.gone.set()
    await asyncio.wait_for(running, 5)
    await settled()
    assert writing == {}


async def test_a_broken_connection_is_no_error() -> None:
    connection, ours, unheard = Connection(), stream(), list[Json]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))

    async def broken(_message: Json) -> None:
        raise OSError

    running = asyncio.create_task(Outlet(ours, broken, {}).run(connection.receive))
    ours.push(b"a")
    await settled()
    connection.gone.set()
    await running
    # What a task fails with that nobody waits for is told when the task is thrown away.
    gc.collect()
    assert unheard == []


async def test_cancelling_the_request_is_passed_on() -> None:
    connection, ours = Connection(), stream()
    running = asyncio.create_task(Outlet(ours, connection.send, {}).run(connection.receive))
    await settled()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
