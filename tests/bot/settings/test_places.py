"""Where the state lives when nobody says so, and what can be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import ConfigError
from bot.places import can_be_written, default_state_dir


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"STATE_DIRECTORY": "/var/lib/blink-alarm", "HOME": "/h"}, "/var/lib/blink-alarm"),
        ({"STATE_DIRECTORY": "/var/lib/a:/var/lib/b"}, "/var/lib/a"),
        ({"STATE_DIRECTORY": "", "XDG_STATE_HOME": "/x", "HOME": "/h"}, "/x/blink-alarm"),
        ({"XDG_STATE_HOME": "relative", "HOME": "/h"}, "/h/.local/state/blink-alarm"),
        ({"XDG_STATE_HOME": "", "HOME": "/h"}, "/h/.local/state/blink-alarm"),
    ],
)
def test_the_state_directory_is_that_of_systemd_then_of_xdg(
    environ: dict[str, str], expected: str
) -> None:
    assert default_state_dir(environ) == Path(expected)


def test_without_any_hint_the_home_of_the_user_is_taken() -> None:
    assert default_state_dir({}) == Path.home() / ".local" / "state" / "blink-alarm"


def test_a_user_without_a_home_is_asked_for_a_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.getuid", lambda: 2**31 - 7)
    with pytest.raises(ConfigError, match=r"^HOME is not set.*--state-dir\.$") as caught:
        default_state_dir({})
    assert caught.value.variable == "HOME"


def test_a_file_can_be_written_where_directories_may_be_made(tmp_path: Path) -> None:
    assert can_be_written(tmp_path / "new" / "deep" / "file")
    (tmp_path / "file").touch()
    assert can_be_written(tmp_path / "file")
    assert not (tmp_path / "new").exists()


def test_a_directory_a_file_in_the_way_and_an_endless_name_cannot_be_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    assert not can_be_written(tmp_path)
    assert not can_be_written(tmp_path / "file" / "below")
    assert not can_be_written(tmp_path / ("a" * 300))
    assert not can_be_written(tmp_path / ("a" * 300) / "below")


def test_a_relative_path_is_looked_at_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert can_be_written(Path("alarm.log"))
