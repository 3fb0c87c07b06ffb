"""Telegram's HTML: which tags it takes, how it counts, and the words it refuses with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from simulator.telegram.refusal import Json, Refusal, bad_request

_SPACE = " \\t\\r\\n\\0\\v"
_NAME = re.compile(rf"[^{_SPACE}>]*")
_ATTRIBUTE_NAME = re.compile(rf"[^{_SPACE}=>]*")
_SPACES = re.compile(rf"[{_SPACE}]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot)(?![A-Za-z])|#x([0-9A-Fa-f]{1,7})|#([0-9]{1,8}));?")
_LINK = re.compile(r"(?:https?|tg|ton)://\S|(?:[\w-]+\.)+\w{2,}(?:[/?#:]|$)", re.IGNORECASE)
_MENTION = re.compile(r"tg://user\?id=(\d+)$", re.IGNORECASE)
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![A-Za-z0-9_/@])")

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_PLAIN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAGS = frozenset({*_PLAIN_TAGS, "a"})


def units(text: str) -> int:
    """Count as entities do, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def bot_commands(text: str) -> list[Json]:
    """Find the commands that Telegram would underline in a person's text."""
    return [
        {
            "type": "bot_command",
            "offset": units(text[: found.start()]),
            "length": units(found.group()),
        }
        for found in _COMMAND.finditer(text)
    ]


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Split HTML into plain text and entities, or refuse it with Telegram's reason."""
    return _Reader(source).read()


def _cannot_parse(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")


@dataclass
class _Open:
    tag: str
    begin: int
    text_begin: int
    arguments: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        while self._at < len(self._source):
            rest = self._source[self._at]
            if rest == "<":
                if self._source.startswith("</", self._at):
                    self._close_tag()
                else:
                    self._open_tag()
            elif rest == "&":
                self._append(self._character())
            else:
                self._at += 1
                self._append(rest)
        if self._open:
            tag = self._open[-1].tag
            raise _cannot_parse(f"Can't find end tag corresponding to start tag {tag}")
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._text), self._entities

    def _append(self, character: str) -> None:
        self._text.append(character)
        self._units += units(character)

    def _character(self) -> str:
        """Read one character reference; an ampersand that starts none stands for itself."""
        found = _ENTITY.match(self._source, self._at)
        decoded = "" if found is None else _decode(found)
        if found is None or not decoded:
            self._at += 1
            return "&"
        self._at = found.end()
        return decoded

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._source, self._at)
        taken = found.group() if found else ""
        self._at += len(taken)
        return taken

    def _next(self) -> str:
        return self._source[self._at : self._at + 1]

    def _where(self, begin: int) -> str:
        return f"at byte offset {len(self._source[:begin].encode('utf-8', 'surrogatepass'))}"

    def _open_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._take(_NAME).lower()
        if not self._next():
            raise _cannot_parse(f"Unclosed start tag {self._where(begin)}")
        if tag not in _TAGS:
            raise _cannot_parse(f'Unsupported start tag "{tag}" {self._where(begin)}')
        opened = _Open(tag, self._units, len(self._text))
        while True:
            self._take(_SPACES)
            if self._next() == ">":
                break
            name = self._take(_ATTRIBUTE_NAME)
            opened.arguments[name] = self._attribute(opened.tag, name, begin)
        self._at += 1
        if tag == "span" and opened.arguments.get("class") != "tg-spoiler":
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" {self._where(begin)}')
        self._open.append(opened)

    def _attribute(self, tag: str, name: str, begin: int) -> str:
        if not self._next():
            raise _cannot_parse(f"Unclosed start tag {self._where(begin)}")
        if not name:
            raise _cannot_parse(f'Empty attribute name in the tag "{tag}" {self._where(begin)}')
        self._take(_SPACES)
        if self._next() != "=":
            if (tag, name) == ("blockquote", "expandable"):
                return ""
            raise _cannot_parse(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" {self._where(begin)}'
            )
        self._at += 1
        self._take(_SPACES)
        quote = self._next()
        if quote and quote in "\"'":
            self._at += 1
            value = self._quoted(quote)
        else:
            token_begin = self._at
            value = self._take(_TOKEN).lower()
            if self._next() and self._next() not in " \t\r\n\0\v>":
                raise _cannot_parse(f"Unexpected end of name token {self._where(token_begin)}")
        if not self._next():
            raise _cannot_parse(f"Unclosed start tag {self._where(begin)}")
        return value

    def _quoted(self, quote: str) -> str:
        value: list[str] = []
        while self._next() not in {quote, ""}:
            if self._next() == "&":
                value.append(self._character())
            else:
                value.append(self._next())
                self._at += 1
        self._at += 1
        return "".join(value)

    def _close_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise _cannot_parse(f"Unexpected end tag {self._where(begin)}")
        self._at += 2
        tag = self._take(_NAME).lower()
        self._take(_SPACES)
        if self._next() != ">":
            raise _cannot_parse(f"Unclosed end tag {self._where(begin)}")
        self._at += 1
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise _cannot_parse(
                f"Unmatched end tag {self._where(begin)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._units > opened.begin:
            self._entities += self._entity(opened)

    def _entity(self, opened: _Open) -> list[Json]:
        entity: Json = {"offset": opened.begin, "length": self._units - opened.begin}
        if opened.tag == "a":
            url = opened.arguments.get("href") or "".join(self._text[opened.text_begin :])
            return [entity | _link(url)] if _LINK.match(url) else []
        language = opened.arguments.get("class", "").removeprefix("language-")
        if opened.tag == "code" and language and self._open and self._open[-1].tag == "pre":
            self._open[-1].arguments["language"] = language
            return []
        kind = _PLAIN_TAGS[opened.tag]
        if opened.tag == "pre" and "language" in opened.arguments:
            entity["language"] = opened.arguments["language"]
        if opened.tag == "blockquote" and "expandable" in opened.arguments:
            kind = "expandable_blockquote"
        return [{"type": kind} | entity]


def _decode(found: re.Match[str]) -> str:
    name, hexadecimal, decimal = found.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code <= 0xDFFF:
        raise _cannot_parse(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else ""


def _link(url: str) -> Json:
    mention = _MENTION.match(url)
    if mention:
        user_id = int(mention.group(1))
        return {
            "type": "text_mention",
            "user": {"id": user_id, "is_bot": False, "first_name": str(user_id)},
        }
    return {"type": "text_link", "url": url if "://" in url else f"http://{url}/"}
