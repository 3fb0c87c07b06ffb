from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest

from storage.codec import Codec
from storage.errors import StorageError


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Shade(StrEnum):
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Square:
    side: int


@dataclass(frozen=True, slots=True)
class Circle:
    radius: int
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    shapes: tuple[Square | Circle, ...] = ()
    by_key: Mapping[str, Circle] = field(default_factory=dict)
    lid: Circle | None = None


SHAPES: Codec[Box] = Codec(Box)
NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def test_json_is_readable_by_people() -> None:
    box = Box("b", (Square(1), Circle(2)), {"k": Circle(3, Colour.BLUE)})
    assert SHAPES.encode(box) == {
        "name": "b",
        "shapes": [{"kind": "Square", "side": 1}, {"kind": "Circle", "radius": 2, "colour": "red"}],
        "by_key": {"k": {"radius": 3, "colour": "blue"}},
        "lid": None,
    }


@pytest.mark.parametrize(
    ("type_", "value", "document"),
    [
        (datetime, NOON, "2026-03-14T12:00:00.000000+00:00"),
        (timedelta, timedelta(minutes=2, microseconds=1), 120.000001),
        (date, date(2026, 3, 14), "2026-03-14"),
        (time, time(22, 30), "22:30:00"),
        (Colour, Colour.BLUE, "blue"),
        (frozenset[str], frozenset({"b", "a"}), ["a", "b"]),
        (tuple[int, str], (1, "a"), [1, "a"]),
        (str | int | None, None, None),
        (str | int | float | bool | None, True, True),
        (str | int | float | bool | None, 1.5, 1.5),
    ],
)
def test_each_kind_of_value_has_one_form(type_: Any, value: object, document: object) -> None:
    codec: Codec[object] = Codec(type_)
    assert codec.encode(value) == document
    assert codec.decode(document) == value
    assert type(codec.decode(document)) is type(value)


def test_a_time_in_another_zone_is_kept_as_the_same_moment_in_utc() -> None:
    codec: Codec[datetime] = Codec(datetime)
    nepal = timezone(timedelta(hours=5, minutes=45))
    decoded = codec.decode(codec.encode(NOON.astimezone(nepal)))
    assert decoded == NOON
    assert decoded.tzinfo is UTC


def test_an_enum_in_a_scalar_field_becomes_its_text() -> None:
    codec: Codec[str | int | None] = Codec(str | int | None)
    assert json.dumps(codec.encode(Colour.RED)) == '"red"'


def test_frozensets_are_written_in_one_order() -> None:
    codec: Codec[frozenset[Square]] = Codec(frozenset[Square])
    squares = [Square(side) for side in range(20)]
    documents = {
        json.dumps(codec.encode(frozenset(each))) for each in (squares, list(reversed(squares)))
    }
    assert len(documents) == 1


WRONG = [
    (int, "1"),
    (int, True),
    (int, 1.0),
    (int, None),
    (float, "1.0"),
    (float, True),
    (float, float("nan")),
    (float, float("inf")),
    (bool, 1),
    (bool, "true"),
    (str, 1),
    (str, None),
    (datetime, "2026-03-14T12:00:00"),
    (datetime, "yesterday"),
    (datetime, 1764000000),
    (timedelta, "120"),
    (timedelta, float("inf")),
    (timedelta, 1e300),
    (date, 20260314),
    (time, "25:00"),
    (Colour, "green"),
    (Colour, None),
    (tuple[int, ...], {"0": 1}),
    (tuple[int, ...], "12"),
    (tuple[int, ...], [1, "2"]),
    (tuple[int, str], [1]),
    (frozenset[str], "ab"),
    (frozenset[str], {"a": 1}),
    (Mapping[str, int], ["a"]),
    (Mapping[str, int], {"a": "1"}),
    (Mapping[Colour, int], {"green": 1}),
    (Circle, []),
    (Circle, None),
    (Circle, "Circle"),
    (Square | Circle, {"side": 1}),
    (Square | Circle, {"kind": "Triangle", "side": 1}),
    (Square | Circle, {"kind": ["Square"], "side": 1}),
    (Square | Circle, None),
    (str | int | None, 1.5),
    (str | int | None, []),
]


@pytest.mark.parametrize(("type_", "document"), WRONG, ids=repr)
def test_json_of_another_kind_is_refused(type_: Any, document: object) -> None:
    codec: Codec[object] = Codec(type_)
    with pytest.raises(StorageError, match="Cannot be understood: "):
        codec.decode(document)


UNREADABLE = [
    (int, True),
    (int, "1"),
    (float, float("nan")),
    (float, float("inf")),
    (bool, 1),
    (str, 1),
    (str, None),
    (datetime, datetime(2026, 3, 14, 12, 0)),  # noqa: DTZ001 - refused for this
    (datetime, date(2026, 3, 14)),
    (timedelta, 120),
    (Colour, "green"),
    (Colour, Shade.DARK),
    (Colour, None),
    (Mapping[Colour, int], {"green": 1}),
    (frozenset[str], ["a"]),
    (frozenset[Colour], frozenset({"green"})),
    (Circle, Square(1)),
    (Circle | None, Square(1)),
    (Circle, Circle(1, "green")),  # type: ignore[arg-type]
    (Square | Circle, Box("b")),
    (Square | Circle, None),
    (str | int | None, 1.5),
    (str | float | None, float("nan")),
]


@pytest.mark.parametrize(("type_", "value"), UNREADABLE, ids=repr)
def test_a_value_that_could_not_be_read_again_is_refused(type_: Any, value: object) -> None:
    codec: Codec[object] = Codec(type_)
    with pytest.raises(StorageError, match="cannot be stored") as caught:
        codec.encode(value)
    assert caught.value.permanent


@pytest.mark.parametrize(
    "type_",
    [
        object,
        Any,
        bytes,
        complex,
        Mapping[int, str],
        Mapping[str, bytes],
        tuple[bytes, ...],
        Square | int,
        Square | str | None,
    ],
    ids=repr,
)
def test_a_type_that_cannot_be_stored_is_refused_before_any_value(type_: Any) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            Codec(type_)


def test_members_of_a_union_that_look_alike_are_refused() -> None:
    other = dataclasses.make_dataclass("Square", [("side", int)])
    with pytest.raises(TypeError, match="same name"):
        Codec(Square | other)


def test_a_member_of_a_union_may_not_have_the_field_that_tells_it_apart() -> None:
    tagged = dataclasses.make_dataclass("Tagged", [("kind", str)])
    with pytest.raises(TypeError, match="'kind'"):
        Codec(Square | tagged)


def test_unknown_keys_are_ignored_and_missing_ones_take_their_defaults() -> None:
    assert SHAPES.decode({"name": "b", "weight": 3}) == Box("b")


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({}, "missing @ box.name"),
        ({"name": 1}, "expected str, found int @ box.name"),
        (
            {"name": "b", "shapes": [{"kind": "Square", "side": "1"}]},
            r"int, found str @ box.shapes\[0\].side",
        ),
        ({"name": "b", "shapes": [{"kind": "Cube"}]}, r"unknown kind 'Cube' @ box.shapes\[0\]"),
        (
            {"name": "b", "by_key": {"k": {"radius": 1, "colour": "x"}}},
            r"Colour @ box.by_key\['k'\].colour",
        ),
        ({"name": "b", "lid": []}, "expected dict, found list @ box.lid"),
        ([], "expected dict, found list @ box$"),
    ],
    ids=repr,
)
def test_an_error_names_the_place(document: object, where: str) -> None:
    with pytest.raises(StorageError, match=where):
        SHAPES.decode(document, "box")


def test_an_error_names_every_wrong_place_at_once() -> None:
    with pytest.raises(StorageError) as caught:
        SHAPES.decode({"shapes": 1, "by_key": 2}, "box")
    for name in ("box.name", "box.shapes", "box.by_key"):
        assert name in str(caught.value)


def test_an_error_while_encoding_names_the_path_it_was_given() -> None:
    with pytest.raises(StorageError, match="the box cannot be stored"):
        SHAPES.encode(Box(1), "the box")  # type: ignore[arg-type]
