"""The account behind the stand-in, and the hands that turn it: cameras, clips, tokens, time."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from simulator.blink.commands import Commands
from simulator.blink.pictures import draw_scene, make_clip
from simulator.blink.tokens import Tokens

EMAIL, PASSWORD, CODE = "owner@example.org", "correct horse", "123456"
# The two forms in which Blink says that it wants a code; 202 is the current one.
TwoFactor = Literal["412", "202"]


@dataclass
class Camera:
    """One device. `kind` is Blink's product name: `owl` is a mini, `lotus` a doorbell."""

    id: int
    name: str
    kind: str = "catalina"
    enabled: bool = True
    online: bool = True
    battery_low: bool = False
    thumbnail: bytes = b""
    thumbnail_at: int = 1772600000

    def __post_init__(self) -> None:
        self.thumbnail = self.thumbnail or draw_scene(self.name)


@dataclass
class Network:
    """One Blink system. Without a module it is a mini or doorbell that stands alone."""

    id: int
    name: str
    cameras: list[Camera]
    module_id: int | None = None
    armed: bool = False
    module_online: bool = True


@dataclass
class Clip:
    """One recording. `listed_at` is the monotonic second from which the list shows it."""

    id: int
    network: Network
    camera: Camera
    created_at: datetime
    updated_at: datetime
    source: str
    deleted: bool
    watched: bool
    listed_at: float

    @property
    def listed(self) -> bool:
        return self.listed_at <= time.monotonic()


def home() -> Network:
    """Build the default network: four battery cameras and a mini on one sync module."""
    cameras = [
        Camera(71001, "Front Door"),
        Camera(71002, "Garden"),
        Camera(71003, "Garage", kind="white"),
        Camera(81001, "Kitchen", kind="owl"),
        Camera(71004, "Hall"),
    ]
    return Network(51001, "Home", cameras, module_id=61001)


class Unknown(LookupError):
    """Say that the account has no such network, camera or clip; `code` is Blink's own number."""

    def __init__(self, what: str, *, code: int = 404) -> None:
        super().__init__(what)
        self.code = code


class World:
    """The account. Attributes are knobs, methods are what people and burglars do to it."""

    account_id = 900100
    client_id = 880022
    user_id = 770033
    tier = "e777"

    def __init__(
        self,
        *,
        email: str = EMAIL,
        password: str = PASSWORD,
        two_factor: TwoFactor | None = None,
        code: str = CODE,
        networks: Sequence[Network] | None = None,
    ) -> None:
        self.email = email
        self.password = password
        self.two_factor: TwoFactor | None = two_factor
        self.code = code
        self.networks = [home()] if networks is None else list(networks)
        self.skew = timedelta(0)
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC) + self.skew
        self.tokens = Tokens()
        self.commands = Commands()
        self.clips: dict[int, Clip] = {}
        self.clip_bytes = make_clip()
        self.limit = 25
        self.signins = 0
        self.codes_sent = 0
        self._media_ids = itertools.count(7000001)

    @property
    def expires_in(self) -> float:
        """Seconds for which access tokens issued from now on are good."""
        return self.tokens.expires_in

    @expires_in.setter
    def expires_in(self, seconds: float) -> None:
        self.tokens.expires_in = seconds

    def motion(
        self,
        camera_name: str,
        *,
        at: datetime | None = None,
        source: str = "pir",
        listed_after: float | timedelta = 0.0,
        deleted: bool = False,
        network: int | None = None,
    ) -> int:
        """Record a clip and return its media id; it is listed `listed_after` from now."""
        wait = listed_after if isinstance(listed_after, timedelta) else timedelta(0, listed_after)
        where, camera = self.find(camera_name, network=network)
        now = self.clock()
        clip = Clip(
            id=next(self._media_ids),
            network=where,
            camera=camera,
            created_at=at or now,
            updated_at=now + wait,
            source=source,
            deleted=deleted,
            watched=False,
            listed_at=time.monotonic() + wait.total_seconds(),
        )
        self.clips[clip.id] = clip
        return clip.id

    def relist(self, media_id: int) -> None:
        """Let somebody watch a clip in the app: it is changed, and therefore listed again."""
        clip = self.clips[media_id]
        clip.watched = not clip.watched
        clip.updated_at = self.clock()

    def delete_clip(self, media_id: int) -> None:
        """Let somebody delete a clip in the app: a tombstone is listed."""
        clip = self.clips[media_id]
        clip.deleted = True
        clip.updated_at = self.clock()

    def arm(self, network: int | None = None, armed: bool = True) -> None:
        """Arm or disarm as the Blink app does, at once; without a network all of them."""
        self.commands.settle()
        for one in self.networks:
            if network in (None, one.id):
                one.armed = armed

    def armed(self, network_id: int | None = None) -> bool:
        """Tell whether a network is armed; without an id, whether all are."""
        self.commands.settle()
        return all(one.armed for one in self.networks if network_id in (None, one.id))

    def camera_offline(self, name: str, *, network: int | None = None) -> None:
        self.find(name, network=network)[1].online = False

    def camera_online(self, name: str, *, network: int | None = None) -> None:
        self.find(name, network=network)[1].online = True

    def battery_low(self, name: str, *, low: bool = True, network: int | None = None) -> None:
        self.find(name, network=network)[1].battery_low = low

    def detect_motion(self, name: str, enabled: bool, *, network: int | None = None) -> None:
        """Switch a camera's motion detection as the Blink app does, at once."""
        self.commands.settle()
        self.find(name, network=network)[1].enabled = enabled

    def detects_motion(self, name: str, *, network: int | None = None) -> bool:
        self.commands.settle()
        return self.find(name, network=network)[1].enabled

    def module_offline(self, network_id: int) -> None:
        self.network(network_id).module_online = False

    def module_online(self, network_id: int) -> None:
        self.network(network_id).module_online = True

    def revoke_access_tokens(self) -> None:
        self.tokens.revoke_access()

    def revoke_refresh_tokens(self) -> None:
        self.tokens.revoke_refresh()

    def network(self, network_id: int) -> Network:
        """Return a network by its id, or raise Unknown."""
        for network in self.networks:
            if network.id == network_id:
                return network
        raise Unknown(f"network {network_id}")

    def camera(self, camera_id: int, *, network: int) -> Camera:
        """Return a camera by its id, or raise Unknown."""
        for camera in self.network(network).cameras:
            if camera.id == camera_id:
                return camera
        raise Unknown(f"camera {camera_id}")

    def devices(self) -> Iterator[tuple[Network, Camera]]:
        for network in self.networks:
            for camera in network.cameras:
                yield network, camera

    def find(self, name: str, *, network: int | None = None) -> tuple[Network, Camera]:
        """Return the one camera of that name; raise Unknown unless there is exactly one."""
        found = [
            (where, camera)
            for where, camera in self.devices()
            if camera.name == name and network in (None, where.id)
        ]
        if len(found) != 1:
            raise Unknown(f"{len(found)} cameras are named {name}")
        return found[0]
