"""Whatever JSON Blink answers: models that can be stored and sent, or a BlinkError."""

from __future__ import annotations

import json
import math
from collections.abc import Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from alarm.blink.cloud import BlinkCloud
from alarm.blink.errors import refusal
from alarm.blink.parse import cameras, id_text, motion_event, networks, path, text, utc_time
from alarm.core.errors import BlinkError
from alarm.core.events import Homescreen
from tests.blink.bench import HOMESCREEN, LISTING, Bench, item, pages, status

T = TypeVar("T")
Json = Any
# The keys that are looked at, so that any JSON is met at the places where it can do harm.
NAMES = [
    *("id", "network_id", "name", "type", "enabled", "status", "battery", "thumbnail", "armed"),
    *("onboarded", "created_at", "deleted", "device_id", "device_name", "source", "media"),
    *("limit", "networks", "sync_modules", "cameras", "owls", "doorbells", "complete"),
    *("status_code", "tier", "account_id"),
]
# Half a surrogate pair is text in JSON, and no text anywhere else.
any_text = st.text(st.characters(exclude_categories=()), max_size=20)
any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | any_text
    | st.sampled_from(["/a.mp4", "2026-03-04T05:06:07+00:00", "offline", 10**30, "7" * 30]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(any_text | st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)
HOME: Json = {
    "networks": [{"id": 51001, "name": "Home", "armed": True}, {"id": 51002, "name": "Shed"}],
    "sync_modules": [{"id": 61001, "network_id": 51001, "status": "online", "onboarded": True}],
    "cameras": [
        {"id": 71001, "network_id": 51001, "name": "Hall", "type": "catalina", "enabled": True},
        {"id": 71002, "network_id": 51002, "name": "Door", "status": "done", "battery": "ok"},
    ],
    "owls": [{"id": 81001, "network_id": 51001, "name": "Desk", "thumbnail": 1772600000}],
    "doorbells": [{"id": 91001, "network_id": 51001, "name": "Bell", "thumbnail": "/t.jpg"}],
}
CHANGED: Json = {"limit": 25, "purge_id": 1, "media": [item(1), item(2, source="liveview")]}


def places(document: Json) -> Iterator[tuple[Json, ...]]:
    """Yield the way to every part of a document."""
    if isinstance(document, dict | list):
        for key in document if isinstance(document, dict) else range(len(document)):
            yield (key,)
            yield from ((key, *rest) for rest in places(document[key]))


@st.composite
def twisted(draw: st.DrawFn, document: Json) -> Json:
    """Put any JSON, above all any text, in the place of some parts of a document."""
    whole = json.loads(json.dumps(document))
    chosen = draw(st.lists(st.sampled_from(list(places(document))), min_size=1, max_size=4))
    # The longest way first: what lies within another part is replaced before that part.
    for *way, last in sorted(chosen, key=len, reverse=True):
        part = whole
        for key in way:
            part = part[key]
        part[last] = draw(any_text | any_json)
    return whole


@pytest.fixture
async def cloud(bench: Bench) -> BlinkCloud:
    return await bench.logged_in()


# One stand-in serves all examples of a test.
through_the_cloud = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


async def understood(answer: Awaitable[T]) -> T | None:
    """Return the answer, None for an error that passes; any other exception fails the test."""
    try:
        return await answer
    except BlinkError as error:
        if error.permanent:
            raise
        return None


@through_the_cloud
@given(body=any_json | twisted(HOME))
async def test_any_homescreen_is_understood_or_an_error(
    bench: Bench, cloud: BlinkCloud, body: Json
) -> None:
    bench.blink.faults.clear()
    bench.blink.faults.add(HOMESCREEN, status(200, json.dumps(body)))
    home = await understood(cloud.homescreen())
    if home is not None:
        check(home)


def check(home: Homescreen) -> None:
    """See that everything can be written to a file and to a message."""
    names = [one.name for one in home.networks] + [one.name for one in home.cameras]
    assert all(name and name.isprintable() and len(name) <= 64 for name in names)
    assert all(one.id.isdigit() for one in home.networks)
    for camera in home.cameras:
        assert camera.id.isdigit()
        assert camera.network_id.isdigit()
        assert camera.thumbnail_path == "" or camera.thumbnail_path.startswith("/")
        f"{camera.kind}{camera.thumbnail_path}".encode()


@through_the_cloud
@given(body=any_json | twisted(CHANGED))
async def test_any_clip_list_is_understood_or_an_error(
    bench: Bench, cloud: BlinkCloud, body: Json
) -> None:
    bench.blink.faults.clear()
    bench.blink.faults.add(LISTING, status(200, json.dumps(body)))
    found = await understood(pages(cloud))
    assert found is None or found[-1].last
    for page in found or []:
        assert len(page.events) + page.skipped == len(body["media"])
        for event in page.events:
            assert event.key == f"{event.network_id}:{event.key.rpartition(':')[2]}"
            assert event.created_at.utcoffset() == timedelta(0)
            assert event.source
            paths = [event.clip_path, event.thumbnail_path]
            assert all(one == "" or one.startswith("/") for one in paths)
            "".join([event.key, event.camera_name, event.source, *paths]).encode()


@through_the_cloud
@given(body=any_json)
async def test_any_answer_about_the_account_is_understood_or_an_error(
    bench: Bench, body: Json
) -> None:
    bench.blink.faults.clear()
    bench.blink.faults.add("tier_info", status(200, json.dumps(body)))
    cloud = await bench.logged_in()
    with pytest.raises(BlinkError):
        await cloud.homescreen()


@through_the_cloud
@given(body=any_json)
async def test_any_answer_to_a_command_is_understood_or_an_error(
    bench: Bench, cloud: BlinkCloud, body: Json
) -> None:
    bench.blink.faults.clear()
    bench.blink.arm()
    bench.blink.faults.add("/(state|command)/", status(200, json.dumps(body)))
    await understood(cloud.set_armed("51001", True, deadline=0.05))


@given(value=any_json)
def test_one_item_is_an_event_or_nothing(value: Json) -> None:
    event = motion_event(value)
    assert event is None or event.key


@given(value=any_json)
def test_any_lists_of_devices_can_be_read(value: Json) -> None:
    payload = dict.fromkeys(("networks", "sync_modules", "cameras", "owls", "doorbells"), value)
    assert len(networks(payload)) <= (len(value) if isinstance(value, list) else 0)
    assert len(cameras(payload, None)) <= (3 * len(value) if isinstance(value, list) else 0)


@given(value=any_json)
def test_a_text_is_one_short_line(value: Json) -> None:
    line = text(value)
    assert line.isprintable()
    assert len(line) <= 64
    assert text(line) == line
    assert path(value) in ("", value)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.timezones()))  # noqa: DTZ001
def test_a_time_is_the_same_moment_whatever_zone_it_is_written_in(moment: datetime) -> None:
    offset = moment.utcoffset()
    assume(offset is not None and offset.microseconds == 0 and offset.seconds % 60 == 0)
    assert utc_time(moment.isoformat()) == moment.astimezone(UTC)


@given(st.integers(0, 10**20 - 1))
def test_an_id_is_the_same_as_a_number_and_as_a_text(number: int) -> None:
    assert id_text(number) == id_text(str(number)) == str(number)


@pytest.mark.parametrize("value", [-1, True, 1.0, "", "x", "1.0", "٣", " 1", 10**20, "1" * 21])
def test_what_is_no_id_is_none(value: object) -> None:
    assert id_text(value) is None


@given(any_text | st.floats().map(str), st.floats(0, 4e9))
def test_any_retry_after_is_bounded_or_none(header: str, now: float) -> None:
    wait = refusal("x", 429, {"Retry-After": header}, now).retry_after
    assert wait is None or (math.isfinite(wait) and 0 <= wait <= 3600)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("Thu, 01 Jan 1970 00:01:30 GMT", 90),
        ("Thu, 01 Jan 1970 00:01:30 -0000", 90),
        ("Mon, 99999999999999999999999 Jan 2024 00:00:00 GMT", None),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999", None),
        ("1e400", None),
    ],
)
def test_a_retry_after_may_be_a_date(header: str, wait: float | None) -> None:
    assert refusal("x", 429, {"Retry-After": header}, 0).retry_after == wait
