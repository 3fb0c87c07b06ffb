"""Nothing that was given is ever repeated, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import ConfigError, load_config
from bot.variables import VARIABLES
from tests.bot.settings.bench import MINIMAL, TWILIO, config


def test_secrets_stay_out_of_what_a_configuration_prints() -> None:
    loaded = config(**TWILIO, HEARTBEAT_URL="https://hc-ping.com/2f0b6a56-5a0c-4c8e")
    shown = f"{loaded!r} {loaded}"
    for secret in loaded.secrets:
        assert secret not in shown
    assert "owner@example.org" not in shown
    assert {
        MINIMAL["TELEGRAM_BOT_TOKEN"],
        MINIMAL["TELEGRAM_BOT_TOKEN"].partition(":")[2],
        MINIMAL["BLINK_PASSWORD"],
        TWILIO["TWILIO_AUTH_TOKEN"],
        "https://hc-ping.com/2f0b6a56-5a0c-4c8e",
        "2f0b6a56-5a0c-4c8e",
    } <= set(loaded.secrets)


# Stands in no sentence of ours, and every parser sees it as letters, digits or both.
MARKS = ("qzxkvj", "7391846205", "QZ91XK84")
PIECES = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(codec="ascii"), max_size=20),
    st.from_regex(r"\A[-+0-9.,:/_*@ %]{0,20}\Z"),
    st.sampled_from(["", "http://", "https://[", "+49", "12:", "Europe/", "a@", "/dev/", ","]),
)
GARBAGE = st.one_of(PIECES, st.builds("{}{}{}".format, PIECES, st.sampled_from(MARKS), PIECES))


def told(environ: dict[str, str], env_files: list[Path]) -> tuple[str, str]:
    """Return the variable or file that is refused, if one is, and all that is said."""
    try:
        return "", " ".join(load_config(environ, env_files).warnings)
    except ConfigError as error:
        return error.variable, str(error)


@pytest.mark.parametrize("name", [variable.name for variable in VARIABLES])
@settings(max_examples=60, deadline=None)
@given(text=GARBAGE)
def test_garbage_meets_nothing_but_a_refusal_that_does_not_repeat_it(name: str, text: str) -> None:
    refused_variable, said = told(MINIMAL | TWILIO | {name: text}, [])
    assert refused_variable in ("", name)
    assert said.startswith(refused_variable)
    assert not any(mark in said for mark in MARKS)


@settings(max_examples=200, deadline=None, suppress_health_check=[*HealthCheck])
@given(text=st.one_of(st.text(), st.binary()))
def test_a_garbage_file_meets_nothing_but_a_refusal_that_does_not_repeat_it(
    tmp_path: Path, text: str | bytes
) -> None:
    path = tmp_path / "a.env"
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    path.write_bytes(b"BLINK_PASSWORD=qzxkvj\n" + content)
    refused_file, said = told(MINIMAL, [path])
    assert refused_file in ("", str(path))
    assert refused_file in said
    assert "qzxkvj" not in said
