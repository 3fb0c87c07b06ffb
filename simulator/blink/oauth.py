"""Blink's login: authorization code with PKCE, a page with a form, perhaps a code, tokens."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from dataclasses import dataclass, field
from enum import Enum, auto

from aiohttp import web

from simulator.blink.world import World

COOKIE = "oauth_session"
CLIENT = "ios"
# The token endpoint is also asked by the older client name when a running program refreshes.
REFRESHING_CLIENTS = frozenset({CLIENT, "android"})
RESEND_SECONDS = 60


class Stage(Enum):
    NEW = auto()
    CODE_WANTED = auto()
    SIGNED_IN = auto()


@dataclass
class Signin:
    """What the server keeps behind one cookie."""

    challenge: str
    hardware_id: str
    redirect_uri: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    stage: Stage = Stage.NEW


def refuse(status: int, error: str, cause: str) -> web.Response:
    return web.json_response({"error": error, "error_cause": cause}, status=status)


class OAuth:
    def __init__(self, world: World) -> None:
        self._world = world
        self._signins: dict[str, Signin] = {}
        self._codes: dict[str, Signin] = {}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/oauth/v2/authorize", self._authorize),
            web.get("/oauth/v2/signin", self._page),
            web.post("/oauth/v2/signin", self._sign_in),
            web.post("/oauth/v2/2fa/verify", self._verify),
            web.post("/oauth/token", self._token),
        ]

    def _signin_of(self, request: web.Request) -> Signin | None:
        return self._signins.get(request.cookies.get(COOKIE, ""))

    async def _authorize(self, request: web.Request) -> web.StreamResponse:
        signin = self._signin_of(request)
        if signin is not None and signin.stage is Stage.SIGNED_IN:
            code = secrets.token_urlsafe(16)
            self._codes[code] = signin
            return _see(f"{signin.redirect_uri}?code={code}&state=")
        query = request.query
        if not query:
            return _see("signin") if signin else refuse(400, "bad_request", "empty_cookies")
        try:
            uuid.UUID(query.get("hardware_id", ""))
        except ValueError:
            return web.Response(status=406, text="406 Not Acceptable")
        wanted = {
            "client_id": CLIENT,
            "response_type": "code",
            "scope": "client",
            "code_challenge_method": "S256",
        }
        wrong = [name for name, value in wanted.items() if query.get(name) != value]
        wrong += [name for name in ("code_challenge", "redirect_uri") if not query.get(name)]
        if wrong:
            return refuse(400, "invalid_request", ",".join(wrong))
        key = secrets.token_urlsafe(16)
        self._signins[key] = Signin(
            query["code_challenge"], query["hardware_id"], query["redirect_uri"]
        )
        answer = _see("signin")
        answer.set_cookie(COOKIE, key, httponly=True)
        return answer

    async def _page(self, request: web.Request) -> web.Response:
        signin = self._signin_of(request)
        if signin is None:
            return refuse(400, "bad_request", "empty_cookies")
        html = (
            "<!DOCTYPE html><html><head><title>Blink</title>"
            f'<script id="oauth-args" type="application/json">{{"csrf-token":"{signin.csrf}"}}'
            "</script></head><body></body></html>"
        )
        return web.Response(text=html, content_type="text/html")

    async def _sign_in(self, request: web.Request) -> web.Response:
        form, signin, world = await request.post(), self._signin_of(request), self._world
        if signin is None:
            return refuse(400, "bad_request", "empty_cookies")
        if form.get("csrf-token") != signin.csrf:
            return refuse(403, "bad_request", "csrf")
        world.signins += 1
        if form.get("username") != world.email or form.get("password") != world.password:
            return refuse(401, "access_denied", "invalid_credentials")
        if world.two_factor is None:
            signin.stage = Stage.SIGNED_IN
            return _see("authorize")
        signin.stage = Stage.CODE_WANTED
        world.codes_sent += 1
        body = {
            "next_time_in_secs": RESEND_SECONDS,
            "phone": "+44xxxxxxxx12",
            "tsv_methods": ["sms", "whatsapp", "voice"],
            "tsv_state": "sms",
            "user_id": world.user_id,
        }
        return web.json_response(body, status=int(world.two_factor))

    async def _verify(self, request: web.Request) -> web.Response:
        form, signin = await request.post(), self._signin_of(request)
        if signin is None or signin.stage is not Stage.CODE_WANTED:
            return refuse(400, "bad_request", "no_code_pending")
        if form.get("csrf-token") != signin.csrf:
            return refuse(403, "bad_request", "csrf")
        if form.get("2fa_code") != self._world.code:
            return refuse(401, "access_denied", "invalid_2fa_code")
        signin.stage = Stage.SIGNED_IN
        return web.json_response({"status": "auth-completed"}, status=201)

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchange(form)
            case "refresh_token":
                if form.get("client_id") not in REFRESHING_CLIENTS:
                    return refuse(401, "invalid_client", "client_id")
                tokens = self._world.tokens.rotate(form.get("refresh_token", ""))
                if tokens is None:
                    return refuse(401, "invalid_grant", "refresh_token")
                return web.json_response(tokens)
            case _:
                return refuse(401, "unsupported_grant_type", "grant_type")

    def _exchange(self, form: dict[str, str]) -> web.Response:
        """Give tokens for a code, once, to the one who began the login."""
        signin = self._codes.pop(form.get("code", ""), None)
        if signin is None:
            return refuse(400, "invalid_grant", "code")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        wanted = {
            "client_id": (form.get("client_id"), CLIENT),
            "code_verifier": (proof, signin.challenge),
            "hardware_id": (form.get("hardware_id"), signin.hardware_id),
            "redirect_uri": (form.get("redirect_uri"), signin.redirect_uri),
        }
        wrong = [name for name, (given, due) in wanted.items() if given != due]
        if wrong:
            return refuse(400, "invalid_grant", ",".join(wrong))
        return web.json_response(self._world.tokens.issue())


def _see(location: str) -> web.Response:
    """Redirect by a relative address, which a client behind a rewritten host can follow."""
    if not location.startswith("immedia-blink:"):
        location = f"/oauth/v2/{location}"
    return web.Response(status=302, headers={"Location": location})
