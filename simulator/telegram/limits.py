"""The Bot API's limits on texts, buttons and menus."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.telegram.html import parse_html, units
from simulator.telegram.parameters import Parameters
from simulator.telegram.refusal import Json, bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA_BYTES = 64
MAX_BUTTONS = 100
MAX_CALLBACK_ANSWER = 200
MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256

_COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LINK = re.compile(r"(?:https?|tg)://\S+", re.IGNORECASE)
_OTHER_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")
# Control characters do not survive Telegram: carriage returns vanish, others become a space.
_CONTROLS = {code: " " for code in range(32) if chr(code) != "\n"} | {ord("\r"): ""}


@dataclass(frozen=True)
class Formatted:
    """A text as people see it, with its entities, and as the bot sent it."""

    text: str
    entities: list[Json]
    source: str


def read_text(parameters: Parameters) -> Formatted:
    if not parameters.text("text"):
        raise bad_request("message text is empty")
    formatted = _format(parameters, "text", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    return formatted


def read_caption(parameters: Parameters) -> Formatted:
    formatted = _format(parameters, "caption", "caption_entities")
    if len(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def _format(parameters: Parameters, name: str, entities_name: str) -> Formatted:
    source = parameters.text(name)
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(source)
    elif mode:
        # Markdown exists at Telegram but not here; a loud refusal beats a wrong rendering.
        raise bad_request("unsupported parse_mode")
    else:
        text = source
        entities = parameters.parsed(entities_name, "can't parse entities JSON object") or []
    return _trimmed(text.translate(_CONTROLS), entities, source)


def _trimmed(text: str, entities: list[Json], source: str) -> Formatted:
    """Cut outer white space as Telegram does and move the entities along."""
    body = text.strip()
    shift = units(text[: len(text) - len(text.lstrip())])
    end = units(body)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] - shift + entity["length"], end)
        if stop > start:
            moved.append(entity | {"offset": start, "length": stop - start})
    return Formatted(body, moved, source)


def read_inline_markup(parameters: Parameters) -> Json | None:
    """Return the reply markup of an edit, which can only be inline buttons."""
    markup = read_markup(parameters)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def read_markup(parameters: Parameters) -> Json | None:
    """Return the reply markup, refused where a button could not exist."""
    complaint = "can't parse reply keyboard markup JSON object"
    markup = parameters.parsed("reply_markup", complaint)
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if any(name in markup for name in _OTHER_KEYBOARDS):
            return markup
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: Array of Arrays expected")
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    return markup if any(rows) else None


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= MAX_CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        if not _LINK.fullmatch(str(button["url"])):
            raise bad_request("BUTTON_URL_INVALID")
    else:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )


def read_commands(parameters: Parameters) -> list[Json]:
    """Return the menu of a setMyCommands, each name with its description."""
    entries = parameters.parsed("commands", "can't parse commands JSON object") or []
    if not isinstance(entries, list):
        raise bad_request("expected an Array of BotCommand")
    if len(entries) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for entry in entries:
        name = str(entry.get("command", "")).strip().removeprefix("/")
        description = str(entry.get("description", "")).strip()
        if not _COMMAND_NAME.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= MAX_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name, "description": description})
    return commands
