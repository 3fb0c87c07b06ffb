from __future__ import annotations

import dataclasses
import json
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alarm.core.deliveries import Body, Delivery
from alarm.core.draft import Row
from alarm.core.incident import Incident
from alarm.core.settings import TriggerRule
from alarm.core.state import State
from storage.codec import TAG, Codec
from storage.errors import StorageError
from tests.storage.values import reachable, values_of

PARTS = sorted(reachable(State), key=lambda part: part.__name__)
BODIES = get_args(Body)
part_by_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
few = settings(max_examples=10, deadline=None)


def through_json(codec: Codec[Any], value: object) -> Any:
    return codec.decode(json.loads(json.dumps(codec.encode(value), allow_nan=False)))


def test_the_parts_include_what_the_alarm_must_not_forget() -> None:
    assert {State, Delivery, Incident, TriggerRule, *BODIES} <= set(PARTS)


@part_by_part
@few
@given(data=st.data())
def test_each_part_comes_back_as_it_was(part: type[Any], data: st.DataObject) -> None:
    value = data.draw(values_of(part))
    assert through_json(Codec(part), value) == value


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
@few
@given(data=st.data())
def test_each_body_is_told_apart_by_its_name(body: type[Any], data: st.DataObject) -> None:
    codec: Codec[Any] = Codec(Body)
    value = data.draw(values_of(body))
    assert codec.encode(value)[TAG] == body.__name__
    decoded = through_json(codec, value)
    assert type(decoded) is body
    assert decoded == value


@few
@given(value=values_of(Row))
def test_each_row_of_history_comes_back_as_it_was(value: Row) -> None:
    assert through_json(Codec(Row), value) == value


@part_by_part
@few
@given(data=st.data())
def test_a_key_of_a_later_version_is_ignored(part: type[Any], data: st.DataObject) -> None:
    codec: Codec[Any] = Codec(part)
    value = data.draw(values_of(part))
    assert codec.decode({**codec.encode(value), "a later idea": [1]}) == value


@part_by_part
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_a_missing_key_takes_its_default_or_is_named(part: type[Any], data: st.DataObject) -> None:
    codec: Codec[Any] = Codec(part)
    value = data.draw(values_of(part))
    for field in dataclasses.fields(part):
        document: dict[str, Any] = codec.encode(value)
        del document[field.name]
        if field.default is not dataclasses.MISSING:
            expected = dataclasses.replace(value, **{field.name: field.default})
        elif field.default_factory is not dataclasses.MISSING:
            expected = dataclasses.replace(value, **{field.name: field.default_factory()})
        else:
            with pytest.raises(StorageError, match=rf"missing @ part\.{field.name}"):
                codec.decode(document, "part")
            continue
        assert codec.decode(document) == expected


@part_by_part
def test_no_part_is_read_from_a_list_or_from_nothing(part: type[Any]) -> None:
    documents: list[object] = [[], None, "", 0]
    for document in documents:
        with pytest.raises(StorageError, match="expected dict"):
            Codec(part).decode(document)


def test_a_setting_out_of_its_bounds_is_not_read() -> None:
    codec: Codec[State] = Codec(State)
    document = codec.encode(State())
    document["settings"]["modes"]["away"]["rule"]["threshold"] = 0
    with pytest.raises(StorageError, match=r"1 to 50 events\. @ state\.settings\.modes\['away'\]"):
        codec.decode(document, "state")
