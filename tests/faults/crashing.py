"""Run the real program and kill it, by SIGKILL, at the n-th point at which it acts on the world.

Points are found by instrumentation: before and after every commit, every file operation of the
storage, and every request that changes something at a cloud. Quiet polls are none.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import requests

import storage.files
from bot import cli
from bot.house import House
from storage.store import StateStore

assert House is not None  # imported so that a fork server has everything in memory

# Asking is no deed: a kill there changes nothing that a kill a moment later would not.
_ASKING = ("getUpdates", "getMe")


class Points:
    """Count the points as they are passed; die at number `fatal`, or at the first of that name."""

    def __init__(self, fatal: int | str, log: Path) -> None:
        self._fatal = fatal
        self._log = log.open("a", buffering=1)
        self._passed = 0

    def at(self, name: str) -> None:
        self._passed += 1
        self._log.write(f"{name}\n")
        if self._fatal in (self._passed, name):
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(work)
        def wrapped(*args: Any, **options: Any) -> Any:
            self.at(f"before {name}")
            result = work(*args, **options)
            self.at(f"after {name}")
            return result

        return wrapped

    def instrument(self) -> None:
        for operation in ("create", "write", "fsync", "replace", "unlink", "sync_directory"):
            original = getattr(storage.files.REAL, operation)
            object.__setattr__(
                storage.files.REAL, operation, self.around(f"file {operation}", original)
            )
        StateStore.commit = self.around("commit", StateStore.commit)  # type: ignore[method-assign]
        self._instrument_telegram()
        self._instrument_twilio()
        self._instrument_blink()

    def _instrument_telegram(self) -> None:
        send = httpx.AsyncClient.send

        async def sent(client: Any, request: Any, **options: Any) -> Any:
            method = request.url.path.rpartition("/")[2]
            if method in _ASKING:
                return await send(client, request, **options)
            self.at(f"before telegram {method}")
            answer = await send(client, request, **options)
            self.at(f"after telegram {method}")
            return answer

        httpx.AsyncClient.send = sent  # type: ignore[method-assign, assignment]

    def _instrument_twilio(self) -> None:
        send = requests.Session.send

        def sent(session: Any, request: Any, **options: Any) -> Any:
            if request.method == "GET":
                return send(session, request, **options)
            self.at("before twilio POST")
            answer = send(session, request, **options)
            self.at("after twilio POST")
            return answer

        requests.Session.send = sent  # type: ignore[method-assign, assignment]

    def _instrument_blink(self) -> None:
        ask = aiohttp.ClientSession._request

        async def asked(session: Any, method: str, url: Any, **options: Any) -> Any:
            if method == "GET":
                return await ask(session, method, url, **options)
            self.at("before blink POST")
            answer = await ask(session, method, url, **options)
            self.at("after blink POST")
            return answer

        aiohttp.ClientSession._request = asked  # type: ignore[method-assign, assignment]


def run(env: dict[str, str], state_dir: str, fatal: int | str, log: str, console: str) -> None:
    """Be the program, in a process of its own."""
    os.environ.clear()
    os.environ.update(env)
    with Path(console).open("a") as output:
        os.dup2(output.fileno(), 2)
    Points(fatal, Path(log)).instrument()
    sys.exit(cli.main(["run", "--state-dir", state_dir]))
