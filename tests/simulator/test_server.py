"""The loopback server under every stand-in."""

from __future__ import annotations

import asyncio

import pytest

from simulator.telegram import TelegramStandIn


async def test_a_client_that_hangs_up_in_mid_request_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stand_in = TelegramStandIn()
    await stand_in.start()
    _, writer = await asyncio.open_connection("127.0.0.1", stand_in.port)
    writer.write(
        f"POST /bot{stand_in.token}/getMe HTTP/1.1\r\nHost: here\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=".encode()
    )
    await writer.drain()
    for _ in range(500):
        if stand_in.count("getMe"):
            break
        await asyncio.sleep(0.01)
    writer.transport.abort()
    await stand_in.stop()
    assert caplog.text == ""
