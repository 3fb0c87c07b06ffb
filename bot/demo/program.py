"""The real program as a child process, and what it prints on its console."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Mapping
from pathlib import Path

import bot

# The command line of this very installation, wherever it lies.
COMMAND = (sys.executable, "-m", "bot.cli", "run")
ROOT = Path(bot.__file__).parents[1]
# Seconds. The program promises to end within 10 after it is told to.
STOP_LIMIT = 12.0
KEPT_LINES = 200
# Bytes. A line of a console is never that long, and a longer one would end the reading.
LONGEST_LINE = 1 << 20


class Program:
    """One run of `blink-alarm run`. `console` holds its newest lines."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self.command = command
        self.console: deque[str] = deque(maxlen=KEPT_LINES)
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def start(self, directory: Path, environ: Mapping[str, str]) -> None:
        """Start it with its memory below `directory`, knowing only `environ`."""
        self._process = await asyncio.create_subprocess_exec(
            *self.command,
            "--state-dir",
            str(directory / "state"),
            env={**environ, "PYTHONPATH": str(ROOT)},
            cwd=directory,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LONGEST_LINE,
            # Ctrl-C is for the demo alone: the story ends first, then the program.
            start_new_session=True,
        )
        self._reader = asyncio.create_task(self._read(self._process), name="console")

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is not None:
            async for line in process.stdout:
                self.console.append(line.decode(errors="replace").rstrip())

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    @property
    def status(self) -> int | None:
        """The exit status, once it has ended."""
        return None if self._process is None else self._process.returncode

    async def stop(self) -> None:
        """End it gently, or by force if it does not react."""
        if self._process is None or self._reader is None:
            return
        if self._process.returncode is None:
            self._process.terminate()
            try:
                async with asyncio.timeout(STOP_LIMIT):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        await self._reader
