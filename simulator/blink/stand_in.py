"""Blink's three hosts on one loopback port: who may ask what where, and what time it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import format_datetime

from aiohttp import web

from simulator.blink.answers import refuse, unauthorized
from simulator.blink.arming import Arming
from simulator.blink.devices import Devices
from simulator.blink.media import Media
from simulator.blink.motion import Motion
from simulator.blink.oauth import OAuth
from simulator.blink.world import CODE, EMAIL, PASSWORD, Network, TwoFactor, Unknown, World
from simulator.server import Handler, StandIn

OAUTH_HOST = "api.oauth.blink.com"
OAUTH_PREFIX = "/oauth/"
TIER_HOST = "rest-prod.immedia-semi.com"
TIER_PATH = "/api/v1/users/tier_info"
REST_HOST = "rest-{tier}.immedia-semi.com"
# Blink itself keeps clips for 60 days.
FORGOTTEN_AFTER = timedelta(days=10)


@dataclass(frozen=True)
class Misdirected:
    """A path that was asked at the wrong one of Blink's hosts."""

    path: str
    host: str
    expected: str


class BlinkStandIn(World, StandIn):
    """Blink's cloud on loopback. `World` is its control interface, `faults` make it fail.

    It demands what Blink demands: cookies and PKCE at login, a known token at every REST path,
    one-time refresh tokens, and the right host, where the client names it in X-Forwarded-Host.
    A path asked at the wrong host is refused and kept in `misdirected`.
    """

    def __init__(
        self,
        *,
        email: str = EMAIL,
        password: str = PASSWORD,
        two_factor: TwoFactor | None = None,
        code: str = CODE,
        networks: Sequence[Network] | None = None,
    ) -> None:
        StandIn.__init__(self)
        World.__init__(
            self,
            email=email,
            password=password,
            two_factor=two_factor,
            code=code,
            networks=networks,
        )
        self.misdirected: list[Misdirected] = []
        self._rooms = (OAuth(self), Devices(self), Arming(self), Motion(self), Media(self))

    def routes(self) -> list[web.RouteDef]:
        return [route for room in self._rooms for route in room.routes()]

    def forget(self) -> None:
        """Let go of old clips, ended commands and dead tokens as well."""
        super().forget()
        oldest = self.clock() - FORGOTTEN_AFTER
        self.clips = {k: clip for k, clip in self.clips.items() if clip.updated_at > oldest}
        self.commands.forget()
        self.tokens.forget()

    def host_of(self, path: str) -> str:
        """Return the real host that serves a path."""
        if path.startswith(OAUTH_PREFIX):
            return OAUTH_HOST
        return TIER_HOST if path == TIER_PATH else REST_HOST.format(tier=self.tier)

    @web.middleware
    async def _in_front(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        asked, expected = request.headers.get("X-Forwarded-Host"), self.host_of(request.path)
        if asked not in (None, expected):
            self.misdirected.append(Misdirected(request.path, str(asked), expected))
            handler = _refuse_misdirected
        elif not request.path.startswith(OAUTH_PREFIX) and not self._authorized(request):
            handler = _refuse_unauthorized
        try:
            answer = await super()._in_front(request, handler)
        except Unknown as what:
            answer = refuse(404, f"{what.args[0]} not found", what.code)
        except web.HTTPException as refusal:
            answer = refuse(refusal.status, refusal.reason, refusal.status)
        if not answer.prepared:
            date = format_datetime(self.clock().astimezone(UTC), usegmt=True)
            answer.headers.setdefault("Date", date)
        return answer

    def _authorized(self, request: web.Request) -> bool:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        return kind == "Bearer" and self.tokens.known(token)


async def _refuse_misdirected(request: web.Request) -> web.StreamResponse:
    asked = request.headers["X-Forwarded-Host"]
    return refuse(500, f"{request.path} is not served by {asked}", 500)


async def _refuse_unauthorized(request: web.Request) -> web.StreamResponse:
    return unauthorized()
