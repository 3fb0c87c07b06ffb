"""Frozen dataclasses to plain JSON and back, strict in both directions.

What could not be read again is refused when it is written, while memory still has it.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from cattrs import Converter, transform_error
from cattrs.cols import is_frozenset, is_mapping, mapping_structure_factory
from cattrs.gen import make_dict_structure_fn

from storage.errors import StorageError

T = TypeVar("T")
Hook = Callable[[Any, Any], Any]

# The key that names the class where a field may hold one of several.
TAG = "kind"
_SCALARS = (str, int, float, bool)


class Codec(Generic[T]):
    """Encode and decode values of one type. Raises TypeError at once for a type it cannot hold.

    Times become ISO 8601 in UTC, durations seconds, enums their values, tuples lists, frozensets
    sorted lists; a union of dataclasses is told apart by its key "kind". Unknown keys are
    ignored, missing ones take their defaults.
    """

    def __init__(self, type_: Any) -> None:
        _admit(type_)
        self._type = type_
        self._encode = _CONVERTER.get_unstructure_hook(type_)
        self._decode = _CONVERTER.get_structure_hook(type_)

    def encode(self, value: T, path: str = "$") -> Any:
        """Return the value as plain JSON, or raise StorageError."""
        try:
            return self._encode(value)
        except Exception as error:
            raise StorageError(f"{path} cannot be stored: {error}", permanent=True) from error

    def decode(self, document: Any, path: str = "$") -> T:
        """Return the value of plain JSON, or raise StorageError that names where it is wrong."""
        try:
            value: T = self._decode(document, self._type)
        except Exception as error:
            what = "; ".join(transform_error(error, path, _worded))
            raise StorageError(f"Cannot be understood: {what}") from error
        return value


def _worded(error: BaseException, _type: Any) -> str:
    return "missing" if isinstance(error, KeyError) else str(error)


def _expect(value: Any, *accepted: type) -> Any:
    if type(value) not in accepted:
        names = " or ".join(kind.__name__ for kind in accepted)
        raise TypeError(f"expected {names}, found {type(value).__name__}")
    return value


def _finite(value: Any) -> float:
    number = float(_expect(value, float, int))
    if not math.isfinite(number):
        raise ValueError("expected a finite number")
    return number


def _text_out(value: Any) -> str:
    # A member of a StrEnum is text as well.
    if not isinstance(value, str):
        _expect(value, str)
    return str.__str__(value)


def _text_in(value: Any, type_: Any) -> Any:
    text = _expect(value, str)
    return text if type_ is str else type_(text)


def _member_out(enum: type[StrEnum], value: Any) -> str:
    return enum(value).value


def _datetime_out(value: Any) -> str:
    if _expect(value, datetime).tzinfo is None:
        raise ValueError("a time without its zone")
    text: str = value.astimezone(UTC).isoformat(timespec="microseconds")
    return text


def _datetime_in(value: Any, _type: Any) -> datetime:
    when = datetime.fromisoformat(_expect(value, str))
    if when.tzinfo is None:
        raise ValueError("a time without its zone")
    return when.astimezone(UTC)


def _canonical(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else json.dumps(value, sort_keys=True)


def _is_union(type_: Any) -> bool:
    return get_origin(type_) in (Union, types.UnionType)


def _is_tuple(type_: Any) -> bool:
    return get_origin(type_) is tuple


def _members(union: Any) -> tuple[list[Any], bool]:
    members = [member for member in get_args(union) if member is not types.NoneType]
    return members, len(members) < len(get_args(union))


def _tags(union: Any, members: list[Any]) -> dict[str, Any]:
    if not all(dataclasses.is_dataclass(member) for member in members):
        raise TypeError(f"cannot tell the members of {union} apart")
    if any(field.name == TAG for member in members for field in dataclasses.fields(member)):
        raise TypeError(f"a member of {union} has a field named {TAG!r}")
    tags = {member.__name__: member for member in members}
    if len(tags) < len(members):
        raise TypeError(f"two members of {union} have the same name")
    return tags


def _union_out(union: Any, converter: Converter) -> Callable[[Any], Any]:
    members, optional = _members(union)
    if len(members) == 1:
        only = converter.get_unstructure_hook(members[0])
        return lambda value: None if value is None else only(value)
    accepted = (*members, types.NoneType) if optional else tuple(members)
    if all(member in _SCALARS for member in members):
        return lambda value: _scalar(value, accepted)
    tags = _tags(union, members)
    hooks = {cls: (tag, converter.get_unstructure_hook(cls)) for tag, cls in tags.items()}

    def encode(value: Any) -> Any:
        if value is None and optional:
            return None
        tag, hook = hooks[_kind_of(value, hooks)]
        return {TAG: tag, **hook(value)}

    return encode


def _union_in(union: Any, converter: Converter) -> Hook:
    members, optional = _members(union)
    if len(members) == 1:
        only, only_type = converter.get_structure_hook(members[0]), members[0]
        return lambda value, _: None if value is None else only(value, only_type)
    accepted = (*members, types.NoneType) if optional else tuple(members)
    if all(member in _SCALARS for member in members):
        return lambda value, _: _scalar(value, accepted)
    hooks = {
        tag: (cls, converter.get_structure_hook(cls)) for tag, cls in _tags(union, members).items()
    }

    def decode(value: Any, _type: Any) -> Any:
        if value is None and optional:
            return None
        tag = _expect(value, dict).get(TAG)
        if tag not in hooks:
            raise ValueError(f"unknown {TAG} {tag!r}")
        cls, hook = hooks[tag]
        return hook(value, cls)

    return decode


def _kind_of(value: Any, known: Any) -> Any:
    _expect(value, *known)
    return type(value)


def _scalar(value: Any, accepted: tuple[type, ...]) -> Any:
    if isinstance(value, StrEnum) and str in accepted:
        return value.value
    if type(_expect(value, *accepted)) is float:
        return _finite(value)
    return value


def _tuple_in(type_: Any, converter: Converter) -> Hook:
    args = get_args(type_)
    if len(args) == 2 and args[1] is ...:
        items = converter.get_structure_hook(list[args[0]])  # type: ignore[valid-type]
        return lambda value, _: tuple(items(_expect(value, list, tuple), list))
    whole = converter.gen_structure_hetero_tuple(type_)
    return lambda value, _: whole(_expect(value, list, tuple), type_)


def _frozenset_out(type_: Any, converter: Converter) -> Callable[[Any], Any]:
    item = converter.get_unstructure_hook(get_args(type_)[0])
    return lambda value: sorted(map(item, _expect(value, frozenset)), key=_canonical)


def _frozenset_in(type_: Any, converter: Converter) -> Hook:
    items = converter.get_structure_hook(list[get_args(type_)[0]])  # type: ignore[misc]
    return lambda value, _: frozenset(items(_expect(value, list), list))


def _mapping_in(type_: Any, converter: Converter) -> Hook:
    key = get_args(type_)[0]
    if not (isinstance(key, type) and issubclass(key, str)):
        raise TypeError(f"the keys of {type_} are not text, as JSON's are")
    whole: Hook = mapping_structure_factory(type_, converter, dict, detailed_validation=True)
    return lambda value, _: whole(_expect(value, dict), type_)


def _dataclass_in(cls: Any, converter: Converter) -> Hook:
    # Without the check a list would be taken for an object that leaves everything at default.
    whole: Hook = make_dict_structure_fn(cls, converter)
    return lambda value, _: whole(_expect(value, dict), cls)


_PLAIN: dict[type, tuple[Callable[[Any], Any], Hook]] = {
    str: (_text_out, _text_in),
    bool: (lambda v: _expect(v, bool), lambda v, _: _expect(v, bool)),
    int: (lambda v: _expect(v, int), lambda v, _: _expect(v, int)),
    float: (_finite, lambda v, _: _finite(v)),
    datetime: (_datetime_out, _datetime_in),
    timedelta: (
        lambda v: _expect(v, timedelta).total_seconds(),
        lambda v, _: timedelta(seconds=_finite(v)),
    ),
    date: (
        lambda v: _expect(v, date).isoformat(),
        lambda v, _: date.fromisoformat(_expect(v, str)),
    ),
    time: (
        lambda v: _expect(v, time).isoformat(),
        lambda v, _: time.fromisoformat(_expect(v, str)),
    ),
}


def _converter() -> Converter:
    converter = Converter(unstruct_collection_overrides={tuple: list})
    for type_, (out, in_) in _PLAIN.items():
        converter.register_unstructure_hook(type_, out)
        converter.register_structure_hook(type_, in_)
    converter.register_structure_hook_factory(dataclasses.is_dataclass, _dataclass_in)
    converter.register_structure_hook_factory(is_mapping, _mapping_in)
    converter.register_structure_hook_factory(_is_tuple, _tuple_in)
    converter.register_structure_hook_factory(is_frozenset, _frozenset_in)
    converter.register_structure_hook_factory(_is_union, _union_in)
    converter.register_unstructure_hook_factory(is_frozenset, _frozenset_out)
    converter.register_unstructure_hook_factory(_is_union, _union_out)
    return converter


_CONVERTER = _converter()
_admitted: set[Any] = {*_PLAIN, types.NoneType, ...}


def _admit(type_: Any) -> None:
    """Refuse a type that is, or holds at any depth, one that has no form here."""
    ahead, seen = [type_], set()
    while ahead:
        each = ahead.pop()
        if each in _admitted or each in seen:
            continue
        seen.add(each)
        if dataclasses.is_dataclass(each):
            ahead += get_type_hints(each).values()
        elif _is_union(each) or _is_tuple(each) or is_frozenset(each) or is_mapping(each):
            ahead += get_args(each)
        elif isinstance(each, type) and issubclass(each, StrEnum):
            # Of its own, or cattrs would take the hook of str, which lets any text through.
            _CONVERTER.register_unstructure_hook(each, partial(_member_out, each))
        else:
            raise TypeError(f"{each} cannot be stored")
    _admitted.update(seen)
