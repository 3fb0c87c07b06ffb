"""The fields of a state as tables of documents; only what changed is encoded again."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

from storage.codec import Codec
from storage.errors import StorageError
from storage.state_storage import Tables

Documents = list[dict[str, Any]]

_KEY, _VALUE = "key", "value"
_NOTHING: Any = object()


class Section:
    """One field of the state: a document per key of a mapping, or one document for all of it.

    Values are frozen, so an object that is the same as last time need not be looked into.
    """

    def __init__(self, field: dataclasses.Field[Any], type_: Any) -> None:
        self.name = field.name
        self._field = field
        self._keyed = _is_mapping(type_)
        self._codec: Codec[Any] = Codec(type_)
        self._key: Codec[Any] = Codec(get_args(type_)[0]) if self._keyed else self._codec
        self._item: Codec[Any] = Codec(get_args(type_)[1]) if self._keyed else self._codec
        self._last: Any = _NOTHING
        self._documents: Documents = []

    def forget(self) -> None:
        """Encode everything next time."""
        self._last, self._documents = _NOTHING, []

    def accept(self, value: Any, documents: Documents) -> None:
        """Remember what is now in the table."""
        self._last, self._documents = value, documents

    def changed(self, value: Any) -> Documents | None:
        """Return the documents of the whole table, or None where it is as it was."""
        if value is self._last:
            return None
        documents = self._keyed_documents(value) if self._keyed else [self._document(value)]
        if self._last is not _NOTHING and documents == self._documents:
            self._last = value
            return None
        return documents

    def decode(self, tables: Tables) -> Any:
        """Return the value, its default where the table is missing, or raise StorageError."""
        table = tables.get(self.name)
        if not isinstance(table, dict) or (not table and not self._keyed):
            return self._default()
        try:
            if not self._keyed:
                (document,) = table.values()
                return self._codec.decode(document[_VALUE], self.name)
            plain = {document[_KEY]: document[_VALUE] for document in table.values()}
        except (KeyError, TypeError, ValueError) as error:
            raise StorageError(f"Cannot be understood: the documents of {self.name}") from error
        return self._codec.decode(plain, self.name)

    def _document(self, value: Any) -> dict[str, Any]:
        return {_VALUE: self._codec.encode(value, self.name)}

    def _keyed_documents(self, value: Mapping[str, Any]) -> Documents:
        last = self._last if self._last is not _NOTHING else {}
        known = dict(zip(last, self._documents, strict=True))
        return [
            known[key]
            if last.get(key, _NOTHING) is item
            else self._keyed_document(key, item, f"{self.name}[{key!r}]")
            for key, item in value.items()
        ]

    def _keyed_document(self, key: str, item: Any, path: str) -> dict[str, Any]:
        return {_KEY: self._key.encode(key, path), _VALUE: self._item.encode(item, path)}

    def _default(self) -> Any:
        if self._field.default is not dataclasses.MISSING:
            return self._field.default
        if self._field.default_factory is not dataclasses.MISSING:
            return self._field.default_factory()
        raise StorageError(f"Cannot be understood: {self.name} is missing")


def _is_mapping(type_: Any) -> bool:
    origin = get_origin(type_)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def sections_of(state_type: type[Any]) -> tuple[Section, ...]:
    """Return the sections of a dataclass; raises TypeError for a field that cannot be stored."""
    hints = get_type_hints(state_type)
    return tuple(Section(field, hints[field.name]) for field in dataclasses.fields(state_type))
