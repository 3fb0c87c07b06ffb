"""Secrets, and the ways in which they turn up in a text."""

from __future__ import annotations

import html
import json
import urllib.parse

import httpx
import yarl

from tests.bot.settings.bench import MINIMAL

TOKEN = MINIMAL["TELEGRAM_BOT_TOKEN"]
KEY = TOKEN.partition(":")[2]
PASSWORD = "pä ss/w%rd+&\"'<\\☃"
HEARTBEAT = "https://HC-ping.com:443/2f0b6a56-5a0c-4c8e?create=1"
LATER = "eyJhbGciOi.a-token_of+Blink/=="


def encodings(secret: str) -> dict[str, str]:
    """Return how the libraries here write a text into addresses, bodies and messages."""
    return {
        "as it is": secret,
        "in a path": urllib.parse.quote(secret),
        "in a path, strictly": urllib.parse.quote(secret, safe=""),
        "in lower case": urllib.parse.quote(secret, safe="").replace("%C3%A4", "%c3%a4"),
        "in a form": urllib.parse.urlencode({"a": secret})[2:],
        "by httpx in a query": str(httpx.URL("http://x/", params={"a": secret}))[12:],
        "by yarl in a query": str(yarl.URL("http://x/").with_query({"a": secret}))[12:],
        "by yarl in a path": str(yarl.URL("http://x/").with_path(f"/{secret}"))[9:],
        "in JSON": json.dumps(secret)[1:-1],
        "in JSON as text": json.dumps(secret, ensure_ascii=False)[1:-1],
        "in repr": repr(secret)[1:-1],
        "in repr as ASCII": ascii(secret)[1:-1],
        "in repr of bytes": repr(secret.encode())[2:-1],
        "in repr of JSON": repr(json.dumps(secret))[2:-2],
        "in HTML": html.escape(secret),
    }
