"""Find secrets in a text, however they are written there, and hide them."""

from __future__ import annotations

import html
import json
import re
import threading
from collections import OrderedDict

# Shorter texts stand in every second line by chance, and nobody's account allows them.
_SHORTEST_SECRET = 4
# Up to here a secret may be a part of an ordinary word, so only whole words are hidden.
_LONGEST_WORD = 7
_LATER_SECRETS_KEPT = 64
_HIDDEN = "[hidden]"


class _Secrets:
    """The texts to hide, those of the configuration for good and the latest of the others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fixed: tuple[str, ...] = ()
        self._later: OrderedDict[str, None] = OrderedDict()
        self._compiled: dict[str, re.Pattern[str]] = {}
        # Replaced as a whole, so that every thread may read it.
        self._patterns: tuple[re.Pattern[str], ...] = ()

    def fix(self, secrets: tuple[str, ...]) -> None:
        with self._lock:
            self._fixed = secrets
            self._compile()

    def add(self, secret: str) -> None:
        with self._lock:
            if secret in self._later:
                self._later.move_to_end(secret)
                return
            self._later[secret] = None
            # Tokens change every few hours for years.
            while len(self._later) > _LATER_SECRETS_KEPT:
                self._later.popitem(last=False)
            self._compile()

    def hide(self, text: str) -> str:
        for pattern in self._patterns:
            text = pattern.sub(_HIDDEN, text)
        return text

    def _compile(self) -> None:
        secrets = {s for s in (*self._fixed, *self._later) if len(s) >= _SHORTEST_SECRET}
        # A token has a thousand letters; compiling it costs more than all the rest here.
        self._compiled = {
            secret: self._compiled.get(secret) or re.compile(_pattern_of(secret))
            for secret in secrets
        }
        # The longest first, so that a secret inside another leaves no rest of it.
        longest_first = sorted(secrets, key=len, reverse=True)
        self._patterns = tuple(self._compiled[secret] for secret in longest_first)


def _pattern_of(secret: str) -> str:
    # One backslash stands for any number of them: each quoting doubles them.
    characters = re.sub(r"\\+", r"\\", secret)
    pattern = "".join(_any_form_of(character) for character in characters)
    return pattern if len(secret) > _LONGEST_WORD else rf"(?<!\w){pattern}(?!\w)"


def _any_form_of(character: str) -> str:
    """Match a character as it is, in addresses, in JSON, in `repr`, in HTML, and in a mix.

    Which characters of a text are escaped differs between libraries and between the parts of an
    address, so each is looked for in all its forms.
    """
    if character.isascii() and character.isalnum():
        return character
    octets = character.encode("utf-8", "surrogatepass")
    percent = "".join(f"%{octet:02x}" for octet in octets)
    if character == "\\":
        return rf"(?:\\+|(?i:{percent})+)"
    forms = {
        rf"\\*{re.escape(character)}",
        f"(?i:{percent})",
        re.escape(html.escape(character)),
        # Quoted again, as by the `repr` of a JSON text, each backslash becomes several.
        *(
            quoted[1:-1].replace("\\", r"\\+")
            for quoted in (json.dumps(character), ascii(character), ascii(octets)[1:])
            if quoted.startswith(("\\x", "\\u", "\\U"), 1)
        ),
    }
    if character == " ":
        forms.add(r"\+")
    return f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


_secrets = _Secrets()


def hide(text: str) -> str:
    """Return the text without any secret that is known by now."""
    return _secrets.hide(text)


def redact(secret: str) -> None:
    """Hide a secret that came to be after the start, such as Blink's tokens, from now on."""
    _secrets.add(secret)


def redact_for_good(secrets: tuple[str, ...]) -> None:
    """Hide the secrets of the configuration; they replace those of an earlier one."""
    _secrets.fix(secrets)
