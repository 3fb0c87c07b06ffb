"""Env files as people write them, and changes that keep what people wrote."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import ConfigError
from bot.env_files import change_env_file, quote, read_env_file
from storage.errors import StorageError
from tests.bot.settings.bench import config

# Everything that a variable may hold: no control characters, no lone surrogates.
VALUES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(
    lambda text: text.strip() != ""
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "credentials.env"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=plain", "plain"),
        ("A = spaced out ", "spaced out"),
        ("  A=indented", "indented"),
        ("export A=exported", "exported"),
        ("A='single # quoted'", "single # quoted"),
        ('A="double # quoted"', "double # quoted"),
        ("A='it\\'s'", "it's"),
        ('A="say \\"hi\\""', 'say "hi"'),
        ("A=' outer blanks '", " outer blanks "),
        ("A=value # a comment", "value"),
        ("A=no#comment", "no#comment"),
        ("A=", ""),
        ("A= # nothing", ""),
        ("A=a=b==", "a=b=="),
        ("A=$HOME ${HOME} `id`", "$HOME ${HOME} `id`"),
        ("A=pässwörd☃", "pässwörd☃"),
        ("A=C:\\new\\table", "C:\\new\\table"),
        ("A=first\nA=last", "last"),
        ("# A=commented\n\n\nA=out", "out"),
        ("A='#'", "#"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "byte order mark"])
def test_a_line_gives_its_value(
    path: Path, line: str, value: str, line_end: str, mark: str
) -> None:
    text = f"{mark}{line}\nB=next\n".replace("\n", line_end)
    path.write_bytes(text.encode())
    assert read_env_file(path) == {"A": value, "B": "next"}


def test_the_last_line_needs_no_end(path: Path) -> None:
    path.write_bytes(b"A=1\r\nB=2")
    assert read_env_file(path) == {"A": "1", "B": "2"}


def test_an_empty_file_gives_nothing(path: Path) -> None:
    path.touch()
    assert read_env_file(path) == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("secret words", 1),
        ("A=1\n\n# note\n\nJUSTANAME\n", 5),
        ("A='never closed secret\nB=2\n", 1),
        ('A=1\nB="secret" and more\n', 2),
        ("=secret\n", 1),
        ("A=1\r\n\r\nset -a\r\n", 3),
    ],
)
def test_a_line_that_is_no_assignment_is_named_by_its_number(
    path: Path, text: str, line: int
) -> None:
    path.write_bytes(text.encode())
    with pytest.raises(ConfigError) as caught:
        read_env_file(path)
    assert str(caught.value) == f"Line {line} of the env file {path} is not of the form NAME=value."
    assert caught.value.variable == str(path)


@pytest.mark.parametrize(
    "content", ["A=1\n".encode("utf-16"), b"A=\xe4\n"], ids=["utf-16", "latin-1"]
)
def test_a_file_in_another_encoding_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"is not UTF-8 text\.$"):
        read_env_file(path)


def test_a_file_that_is_not_there_or_not_a_file_is_named_with_the_reason(path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config(path)
    assert str(caught.value) == f"The env file {path} cannot be read: No such file or directory."
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory\.$"):
        config(path.parent)
    with pytest.raises(ConfigError, match=r"cannot be read: File name too long\.$"):
        config(path.with_name("a" * 300))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_is_refused(path: Path) -> None:
    path.touch(mode=0)
    with pytest.raises(ConfigError, match=r"cannot be read: Permission denied\.$"):
        read_env_file(path)


@settings(max_examples=300, deadline=None, suppress_health_check=[*HealthCheck])
@given(value=VALUES)
def test_every_value_survives_writing_and_reading(tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.env"
    path.write_text(f"A={quote(value)}\nB=2\n")
    assert read_env_file(path) == {"A": value, "B": "2"}


@settings(max_examples=100, deadline=None, suppress_health_check=[*HealthCheck])
@given(before=st.dictionaries(st.sampled_from("ABCD"), VALUES), changes=st.data())
def test_a_change_changes_what_it_names_and_nothing_else(
    tmp_path: Path, before: dict[str, str], changes: st.DataObject
) -> None:
    path = tmp_path / "a.env"
    path.write_text("".join(f"{name}={quote(value)}\n" for name, value in before.items()))
    wanted = changes.draw(st.dictionaries(st.sampled_from("ABE"), st.none() | VALUES))
    change_env_file(path, {(name,): value for name, value in wanted.items()})
    after = {name: value for name, value in (before | wanted).items() if value is not None}
    assert read_env_file(path) == after


def test_a_change_keeps_comments_blank_lines_and_order(path: Path) -> None:
    path.write_bytes(
        b"\xef\xbb\xbf# my notes\r\n\r\nOTHER='x y' # why\r\n\r\nEMAIL=old@example.org\r\nZ=1"
    )
    change_env_file(path, {("BLINK_EMAIL", "EMAIL"): "new@example.org", ("NEW",): "it's # new"})
    assert path.read_text() == (
        "# my notes\n\nOTHER='x y' # why\n\nBLINK_EMAIL=new@example.org\nZ=1\nNEW='it\\'s # new'\n"
    )


def test_a_value_under_two_spellings_is_written_once_and_removed_everywhere(path: Path) -> None:
    path.write_text("EMAIL=a@b\nBLINK_EMAIL=c@d\nEMAIL=e@f\n")
    change_env_file(path, {("BLINK_EMAIL", "EMAIL"): "new@example.org"})
    assert path.read_text() == "BLINK_EMAIL=new@example.org\n"
    change_env_file(path, {("BLINK_EMAIL", "EMAIL"): None})
    assert path.read_text() == ""


def test_a_new_file_is_readable_by_its_owner_alone_directory_included(tmp_path: Path) -> None:
    path = tmp_path / "new" / "credentials.env"
    change_env_file(path, {("A",): "1"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_changed_file_loses_the_rights_of_others(path: Path) -> None:
    path.write_text("A=1\n")
    path.chmod(0o644)
    change_env_file(path, {("A",): "2"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [name.name for name in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_changed_by_root_still_belongs_to_the_service(path: Path) -> None:
    path.write_text("A=1\n")
    os.chown(path, 4711, 4712)
    change_env_file(path, {("A",): "2"})
    assert (path.stat().st_uid, path.stat().st_gid) == (4711, 4712)


def test_a_link_stays_a_link_to_the_changed_file(path: Path) -> None:
    path.write_text("A=1\n")
    link = path.with_name("link.env")
    link.symlink_to(path)
    change_env_file(link, {("A",): "2"})
    assert link.is_symlink()
    assert path.read_text() == "A=2\n"


def test_a_file_that_cannot_be_understood_is_not_changed(path: Path) -> None:
    path.write_text("A=1\nsecret words\n")
    with pytest.raises(ConfigError):
        change_env_file(path, {("A",): "2"})
    assert path.read_text() == "A=1\nsecret words\n"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises((StorageError, OSError)):
        change_env_file(tmp_path / "file" / "a.env", {("A",): "2"})
    assert (tmp_path / "file").read_bytes() == b""
