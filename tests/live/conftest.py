"""A running core in memory, for every test that speaks to one."""

from collections.abc import AsyncIterator

import pytest

from tests.live.asgi import Service, service


@pytest.fixture
async def live() -> AsyncIterator[Service]:
    async with service() as running:
        yield running
