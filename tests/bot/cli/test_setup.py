"""`blink-alarm setup`: the questions, the file it writes, and what it never shows."""

from __future__ import annotations

import os
import pty
import re
import select
import stat
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.cli import main
from bot.config import load_config
from bot.env_files import read_env_file
from bot.setup import set_up
from tests.bot.cli.bench import COMMAND
from tests.bot.settings.bench import MINIMAL, TWILIO

ANSWERS = {
    "TELEGRAM_BOT_TOKEN": MINIMAL["TELEGRAM_BOT_TOKEN"],
    "BLINK_EMAIL": "owner@example.org",
    "BLINK_PASSWORD": 'it\'s # a "pass\\word" ',
    **TWILIO,
}
SECRET = {"TELEGRAM_BOT_TOKEN", "BLINK_PASSWORD", "TWILIO_AUTH_TOKEN"}


@dataclass
class Person:
    """Answers each question from her list; the last answer stands for ever."""

    answers: dict[str, list[str]]
    asked: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def __call__(self, prompt: str, secret: bool) -> str:
        name = prompt.partition(" ")[0].rstrip(":")
        self.asked.append(prompt.rstrip())
        if secret:
            self.hidden.add(name)
        left = self.answers.get(name, [""])
        return left.pop(0) if len(left) > 1 else left[0]

    def names(self) -> list[str]:
        return [prompt.partition(" ")[0].rstrip(":") for prompt in self.asked]


def person(**answers: str | list[str]) -> Person:
    return Person({n: [a] if isinstance(a, str) else list(a) for n, a in answers.items()})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "credentials.env"


def test_a_new_file_holds_every_answer_for_its_owner_alone(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = person(**ANSWERS)
    assert set_up(path, ann) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_env_file(path) == ANSWERS
    assert ann.names() == list(ANSWERS)
    assert ann.hidden == SECRET
    loaded = load_config({"TIMEZONE": "UTC"}, [path])
    assert loaded.blink_password == ANSWERS["BLINK_PASSWORD"]
    assert loaded.warnings == ()
    shown = capsys.readouterr()
    assert shown.err == ""
    assert f"blink-alarm check --env-file {path}" in shown.out
    assert f"blink-alarm run --env-file {path}" in shown.out


def test_no_secret_is_shown_in_prompts_or_output(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text("TWILLO_SECRET=stored0secret\nPASSWORD=stored horse\n")
    ann = person(**ANSWERS | {"TELEGRAM_BOT_TOKEN": ["bad token", ANSWERS["TELEGRAM_BOT_TOKEN"]]})
    assert set_up(path, ann) == 0
    shown = capsys.readouterr()
    text = shown.out + shown.err + "".join(ann.asked)
    secrets = [ANSWERS[name] for name in SECRET] + ["bad token", "stored0secret", "stored horse"]
    assert not any(secret in text for secret in secrets)


def test_enter_keeps_what_is_there_and_other_lines_stay(path: Path) -> None:
    before = (
        "# mine\nOTHER=1\n\nTELEGRAM_BOT_TOKEN=1:A\nEMAIL=a@b\nPASSWORD='c d'\n"
        "TWILLO_ACCOUNT=AC1\nTWILLO_SECRET=s\nTWILLO_FROM_NUMBER=+15005550006\n"
    )
    path.write_text(before)
    bob = person()
    assert set_up(path, bob) == 0
    assert path.read_text() == before
    keeping = [prompt for prompt in bob.asked if "[Enter keeps it" in prompt]
    assert len(keeping) == 6
    assert [prompt for prompt in keeping if "- removes it" in prompt] == [
        "TWILIO_ACCOUNT_SID [Enter keeps it, - removes it]:"
    ]


def test_a_changed_value_moves_to_the_new_spelling_in_its_place(path: Path) -> None:
    path.write_text("TELEGRAM_BOT_TOKEN=1:A\nEMAIL=a@b\n# note\nPASSWORD=c\n")
    assert set_up(path, person(BLINK_EMAIL="new@example.org")) == 0
    assert path.read_text() == (
        "TELEGRAM_BOT_TOKEN=1:A\nBLINK_EMAIL=new@example.org\n# note\nPASSWORD=c\n"
    )


@pytest.mark.parametrize("answer", ["", "-", "  "])
def test_without_twilio_it_asks_no_more_and_leaves_no_half_account(path: Path, answer: str) -> None:
    path.write_text("TWILLO_SECRET=s\nTWILIO_TO_NUMBER=+447700900123\nTWILIO_ACCOUNT_SID=***\n")
    given = {name: ANSWERS[name] for name in list(ANSWERS)[:3]}
    ann = person(**given, TWILIO_ACCOUNT_SID=answer)
    assert set_up(path, ann) == 0
    assert read_env_file(path) == given
    assert ann.names() == [*given, "TWILIO_ACCOUNT_SID"]
    assert load_config({"TIMEZONE": "UTC"}, [path]).twilio is None


def test_a_dash_removes_an_account_that_was_there(path: Path) -> None:
    path.write_text("".join(f"{name}='{value}'\n" for name, value in (MINIMAL | TWILIO).items()))
    assert set_up(path, person(TWILIO_ACCOUNT_SID="-")) == 0
    assert read_env_file(path) == MINIMAL


def test_the_phones_may_come_later(path: Path) -> None:
    ann = person(**ANSWERS | {"TWILIO_TO_NUMBER": ""})
    assert set_up(path, ann) == 0
    assert "TWILIO_TO_NUMBER" not in read_env_file(path)


@pytest.mark.parametrize(
    ("name", "bad", "sentence"),
    [
        ("TELEGRAM_BOT_TOKEN", "hello there", "must be the token that @BotFather gave"),
        ("TELEGRAM_BOT_TOKEN", "", "It cannot do without this one."),
        ("BLINK_EMAIL", "ann at home", "must be an e-mail address"),
        ("BLINK_PASSWORD", "\x1b[200~", "must not contain control characters"),
        ("BLINK_PASSWORD", "***", "still holds the stars"),
        ("BLINK_PASSWORD", "\udce4", "must be UTF-8 text"),
        ("TWILIO_ACCOUNT_SID", "AC 1", "must be the Account SID"),
        ("TWILIO_AUTH_TOKEN", "", "It cannot do without this one."),
        ("TWILIO_FROM_NUMBER", "-", "cannot be used"),
        ("TWILIO_TO_NUMBER", "+447700900123, 112", "look at number 2: Emergency numbers"),
    ],
)
def test_an_answer_that_cannot_be_used_is_asked_again_with_a_sentence(
    path: Path, name: str, bad: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = person(**ANSWERS | {name: [bad, ANSWERS[name]]})
    assert set_up(path, ann) == 0
    assert read_env_file(path) == ANSWERS
    assert ann.names().count(name) == 2
    assert sentence in capsys.readouterr().out


def test_a_stored_value_that_would_be_refused_is_not_offered(path: Path) -> None:
    path.write_text("TELEGRAM_BOT_TOKEN=***\nBLINK_EMAIL=a@b\n")
    ann = person(**ANSWERS)
    assert set_up(path, ann) == 0
    assert "TELEGRAM_BOT_TOKEN:" in ann.asked
    assert read_env_file(path) == ANSWERS


def _gone(error: type[BaseException]) -> Callable[[str, bool], str]:
    def ask(prompt: str, secret: bool) -> str:
        if prompt.startswith("TWILIO_TO_NUMBER"):
            raise error
        return ANSWERS[prompt.partition(" ")[0].rstrip(":")]

    return ask


@pytest.mark.parametrize("error", [KeyboardInterrupt, EOFError])
def test_leaving_at_the_last_question_changes_nothing(
    path: Path, error: type[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text("PASSWORD=old\n")
    assert set_up(path, _gone(error)) == 1
    assert path.read_text() == "PASSWORD=old\n"
    assert "Nothing was changed." in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_told_before_the_first_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "a.env", tmp_path / ("a" * 300)):
        ann = person()
        assert set_up(path, ann) == 1
        assert ann.asked == []
        assert capsys.readouterr().err.startswith(f"{path} cannot be written")


def test_a_file_with_a_broken_line_is_refused_untouched(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text("PASSWORD=old\nbroken secret\n")
    assert main(["setup", "--env-file", str(path)]) == 2
    shown = capsys.readouterr()
    assert shown.err == (
        f"blink-alarm: Line 2 of the env file {path} is not of the form NAME=value.\n"
    )
    assert path.read_text() == "PASSWORD=old\nbroken secret\n"


# A real terminal, and a pipe in its place


def in_terminal(path: Path, answers: dict[str, str]) -> tuple[int, str]:
    """Answer each prompt as it comes; return the exit status and all that the screen showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "setup", "--env-file", path], stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown, waiting = "", dict(answers)
    deadline = time.monotonic() + 30
    with suppress(OSError):  # the end of a terminal
        while time.monotonic() < deadline and select.select([ours], [], [], 10)[0]:
            shown += os.read(ours, 10_000).decode()
            asked = re.search(r"^([A-Z_]+)[^\n]*: $", shown.rpartition("\n")[2])
            if asked and asked[1] in waiting:
                os.write(ours, waiting.pop(asked[1]).encode() + b"\n")
    os.close(ours)
    return process.wait(timeout=10), shown


def test_in_a_terminal_secrets_are_not_echoed(path: Path) -> None:
    status, shown = in_terminal(path, ANSWERS)
    assert status == 0
    assert read_env_file(path) == ANSWERS
    assert not any(ANSWERS[name].strip() in shown for name in SECRET)
    assert "owner@example.org" in shown


def test_answers_may_come_through_a_pipe(path: Path) -> None:
    lines = "".join(f"{answer}\r\n" for answer in ANSWERS.values()).encode()
    for content, status, written in ((lines, 0, ANSWERS), (b"\xff\n", 1, None), (b"", 1, None)):
        path.unlink(missing_ok=True)
        done = subprocess.run(
            [*COMMAND, "setup", "--env-file", path],
            input=content,
            env=os.environ | {"PYTHONIOENCODING": "utf-8:strict"},
            capture_output=True,
            check=False,
            timeout=30,
        )
        assert done.returncode == status
        assert done.stderr == b""
        assert (read_env_file(path) if path.exists() else None) == written
