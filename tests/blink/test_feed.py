"""Read the clip list to its end, whatever one item or one page is like."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest

from alarm.blink import feed
from alarm.core.errors import BlinkError
from alarm.core.events import ClipPage
from simulator.blink import BlinkStandIn
from tests.blink.bench import LISTING, PASSING, Bench, events, item, keys, listing, pages

NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)


def record(blink: BlinkStandIn, count: int) -> set[str]:
    """Let one camera record clips, a second apart; return the keys of their events."""
    start = datetime.now(UTC) - timedelta(seconds=count)
    ids = [blink.motion("Hall", at=start + timedelta(seconds=n)) for n in range(count)]
    return {f"51001:{media}" for media in ids}


# Paging


async def test_sixty_clips_are_found_on_three_pages_of_25(bench: Bench) -> None:
    cloud = await bench.logged_in()
    recorded = record(bench.blink, 60)
    before = cloud.requests
    found = await pages(cloud)
    assert [len(page.events) for page in found] == [25, 25, 10]
    assert [(page.number, page.last) for page in found] == [(1, False), (2, False), (3, True)]
    assert cloud.requests - before == 3
    assert set(keys(found)) == recorded
    assert len(keys(found)) == 60


@pytest.mark.parametrize(
    ("limit", "count", "asked"),
    [
        (25, 24, 1),
        (25, 25, 2),  # a full page may be followed by another one: here by an empty one
        (25, 26, 2),
        (1, 3, 4),
        (7, 60, 9),
        (500, 60, 1),
    ],
)
async def test_the_list_ends_at_the_first_page_that_is_shorter_than_its_own_limit(
    bench: Bench, limit: int, count: int, asked: int
) -> None:
    cloud = await bench.logged_in()
    bench.blink.limit = limit
    recorded = record(bench.blink, count)
    before = bench.blink.count(LISTING)
    found = await pages(cloud)
    assert bench.blink.count(LISTING) - before == asked
    assert set(keys(found)) == recorded
    assert [page.last for page in found] == [False] * (asked - 1) + [True]


@pytest.mark.parametrize("limit", [None, 0, -1, True, "25", 2.5, []])
async def test_without_a_usable_limit_the_list_ends_at_a_page_that_brings_nothing(
    bench: Bench, limit: object
) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add("page=1$", listing([item(1), item(2)], limit))
    bench.blink.faults.add("page=2$", listing([item(3)], limit))
    bench.blink.faults.add("page=3$", listing([], limit))
    found = await pages(cloud)
    assert keys(found) == ["51001:1", "51001:2", "51001:3"]
    assert [page.last for page in found] == [False, False, True]


async def test_a_server_that_repeats_itself_is_an_end(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([item(1), item(2)], limit=2))
    found = await pages(cloud)
    assert [page.last for page in found] == [False, True]
    assert set(keys(found)) == {"51001:1", "51001:2"}


async def test_a_server_that_repeats_what_cannot_be_read_is_an_end(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.faults.add(LISTING, listing([None, {"id": 3}], limit=2))
    found = await pages(cloud)
    assert [(page.skipped, page.last) for page in found] == [(2, False), (2, True)]


@pytest.mark.parametrize(("count", "ends"), [(4, True), (5, False)])
async def test_a_list_without_an_end_is_an_error(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, count: int, ends: bool
) -> None:
    monkeypatch.setattr(feed, "MAX_PAGES", 5)
    cloud = await bench.logged_in()
    recorded = record(bench.blink, count)
    bench.blink.limit = 1
    found: list[ClipPage] = []
    with nullcontext() if ends else pytest.raises(BlinkError, match="no end"):
        await pages(cloud, into=found)
    assert set(keys(found)) == recorded
    assert [page.last for page in found] == [False] * 4 + [ends]


def test_a_clip_in_every_minute_of_the_sixty_days_that_blink_keeps_is_no_list_without_end() -> None:
    assert 25 * feed.MAX_PAGES > 60 * 24 * 60


@pytest.mark.parametrize("name", PASSING)
async def test_a_page_that_fails_for_a_while_is_an_error_and_a_later_listing_finds_all(
    bench: Bench, name: str
) -> None:
    cloud = await bench.logged_in()
    recorded = record(bench.blink, 60)
    bench.blink.faults.add("page=2$", PASSING[name]())
    with pytest.raises(BlinkError):
        await pages(cloud)
    found: list[ClipPage] = []
    with pytest.raises(BlinkError) as failed:
        await pages(cloud, into=found)
    assert not failed.value.permanent
    assert [(page.number, page.last) for page in found] == [(1, False)]
    bench.blink.faults.clear()
    assert set(keys(await pages(cloud))) == recorded


async def test_a_quiet_poll_is_exactly_one_request(bench: Bench) -> None:
    cloud = await bench.logged_in()
    before = len(bench.blink.seen)
    (page,) = await pages(cloud)
    assert (page.events, page.number, page.last, page.skipped) == ((), 1, True, 0)
    assert len(bench.blink.seen) - before == 1
    record(bench.blink, 3)
    await pages(cloud)
    assert len(bench.blink.seen) - before == 2
    assert cloud.requests == len(bench.blink.seen)


# What is asked


@pytest.mark.parametrize(
    "since",
    [
        datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        datetime(2026, 3, 4, 5, 6, 7, 999999, tzinfo=UTC),
        datetime(2026, 3, 4, 7, 6, 7, tzinfo=timezone(timedelta(hours=2))),
    ],
)
async def test_since_goes_out_in_utc_and_whole_seconds_rounded_down(
    bench: Bench, since: datetime
) -> None:
    cloud = await bench.logged_in()
    await pages(cloud, since)
    asked = urlsplit(bench.blink.seen[-1].path)
    assert asked.path == "/api/v1/accounts/900100/media/changed"
    assert asked.query == "since=2026-03-04T05:06:07+0000&page=1"


async def test_since_looks_at_the_last_change_and_includes_its_second(bench: Bench) -> None:
    cloud = await bench.logged_in()
    bench.blink.clock = lambda: NOON
    media = bench.blink.motion("Hall", at=NOON - timedelta(days=1))
    for offset, count in ((-1, 1), (0, 1), (1, 0)):
        assert len(keys(await pages(cloud, NOON + timedelta(seconds=offset)))) == count
    (event,) = events(await pages(cloud, NOON))
    assert (event.key, event.created_at) == (f"51001:{media}", NOON - timedelta(days=1))
