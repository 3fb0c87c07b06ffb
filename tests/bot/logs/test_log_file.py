"""The rotating log file: its size, its rights, and a disk that is full."""

from __future__ import annotations

import errno
import logging
import os
import resource
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.logs import set_up_logging
from tests.bot.settings.bench import config

pytestmark = pytest.mark.usefixtures("own_logging")

LOG = logging.getLogger("bot.test")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log" / "alarm.log"


def sizes(path: Path) -> list[int]:
    return [file.stat().st_size for file in sorted(path.parent.iterdir())]


def write_log(path: Path, megabytes: float = 0.1) -> None:
    set_up_logging(replace(config(), log_path=path, max_log_size_mb=megabytes))


def test_the_file_is_its_owners_alone_and_makes_its_directory(path: Path) -> None:
    write_log(path)
    LOG.info("first")
    assert "INFO bot.test: first" in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_restart_goes_on_in_the_same_file(path: Path) -> None:
    for word in ("first", "second"):
        write_log(path)
        LOG.info(word)
    assert [line.split()[-1] for line in path.read_text().splitlines()] == ["first", "second"]


@pytest.mark.parametrize("line", ["a" * 990, "☃" * 330, "𝄞" * 250], ids=["1", "3", "4 bytes"])
def test_file_and_predecessor_stay_within_the_size(path: Path, line: str) -> None:
    write_log(path)
    for number in range(300):
        LOG.info("%s %d", line, number)
        assert sum(sizes(path)) <= 100_000
    assert [file.name for file in sorted(path.parent.iterdir())] == ["alarm.log", "alarm.log.1"]
    assert min(sizes(path)) > 0
    kept = path.with_name("alarm.log.1").read_text() + path.read_text()
    numbers = [int(text.split()[-1]) for text in kept.splitlines()]
    assert numbers == list(range(numbers[0], 300))
    assert len(numbers) > 45
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_larger_than_the_file_is_cut(path: Path) -> None:
    write_log(path)
    LOG.info("before")
    LOG.info("%s", "☃" * 200_000)
    LOG.info("after")
    assert max(sizes(path)) <= 50_000
    text = path.with_name("alarm.log.1").read_text() + path.read_text()
    assert "after" in text
    assert "☃☃☃" in text


def test_what_is_no_unicode_is_written_all_the_same(path: Path) -> None:
    write_log(path)
    LOG.info("a file name \udcff")
    assert "a file name \\udcff" in path.read_text()


def test_a_path_that_cannot_be_written_warns_and_the_console_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "alarm.log", Path("/proc/alarm.log")):
        write_log(path)
        LOG.info("still here")
        error = capsys.readouterr().err
        assert "LOG_PATH cannot be written" in error
        assert "still here" in error


def test_a_pipe_and_the_null_device_never_turn_over(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    for path, lines in ((pipe, 3), (Path("/dev/null"), 60)):
        write_log(path)
        for _ in range(lines):
            LOG.info("x" * 990)
    assert os.read(reader, 10_000).count(b"\n") == 3
    os.close(reader)
    assert Path("/dev/null").is_char_device()
    assert [*tmp_path.iterdir()] == [pipe]


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Let no file of this process grow any further."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_stops_nothing_is_told_once_and_the_file_goes_on_later(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(path)
    LOG.info("before")
    with full_disk(path):
        for number in range(100):
            LOG.info("%d %s", number, "x" * 900)
    LOG.info("after")
    error = capsys.readouterr().err
    assert error.count("the log file cannot be written") == 1
    assert error.count("INFO bot.test") == 102
    words = [line.split()[-1] for line in path.read_text().splitlines()]
    assert (words[0], words[-1]) == ("before", "after")


def test_a_disk_that_is_full_again_is_told_again(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(path)
    for _ in range(2):
        LOG.info("room")
        with full_disk(path):
            LOG.info("none")
            LOG.info("none")
    assert capsys.readouterr().err.count("the log file cannot be written") == 2


def test_a_disk_that_is_full_while_the_file_turns_over_stops_nothing(path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    write_log(path)
    (handler,) = (h for h in logging.getLogger().handlers if isinstance(h, logging.FileHandler))
    LOG.info("before")
    assert handler.stream is not None
    # Bytes that wait in the buffer make the closing of the file fail, as on a full disk.
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, handler.stream.fileno())
    os.close(full)
    handler.stream.write("waiting")
    LOG.info("%s", "x" * 49_990)
    LOG.info("after")
    assert "after" in path.read_text()


def test_a_predecessor_that_cannot_be_replaced_does_not_end_the_log(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path.with_name("alarm.log.1") / "in the way").mkdir(parents=True)
    write_log(path)
    for number in range(60):
        LOG.info("%d %s", number, "x" * 990)
    error = capsys.readouterr().err
    assert error.count("INFO bot.test") == 60
    assert error.count("the log file cannot be written") == 1
    assert path.stat().st_size <= 50_000


class _Broken:
    """A standard error whose reader is gone."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    def flush(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def test_a_console_that_is_gone_stops_neither_the_program_nor_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", _Broken())
    write_log(path)
    LOG.info("before")
    with full_disk(path):
        LOG.info("nowhere")
    LOG.info("after")
    assert [line.split()[-1] for line in path.read_text().splitlines()] == ["before", "after"]
