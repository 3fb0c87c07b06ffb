from __future__ import annotations

import json

import pytest

from alarm.blink.tokens import Tokens, life_time
from alarm.core.errors import BadInput
from tests.blink.bench import HARDWARE_ID

TOKENS = Tokens(
    access_token="at-secret",
    refresh_token="rt-secret",
    expires_at=1772600000.5,
    expires_in=14400,
    hardware_id=HARDWARE_ID,
    region="e777",
    account_id=900100,
    client_id=880022,
    user_id=770033,
)


def test_a_document_brings_the_same_tokens_back() -> None:
    assert Tokens.from_document(json.loads(json.dumps(TOKENS.to_document()))) == TOKENS


def test_the_account_may_be_unknown() -> None:
    document = TOKENS.to_document() | {"region": "", "account_id": None}
    del document["client_id"], document["user_id"]
    assert Tokens.from_document(document).account_id is None


def test_the_representation_hides_the_tokens() -> None:
    assert "secret" not in repr(TOKENS)


@pytest.mark.parametrize("document", [None, [], "text", 3, {}])
def test_something_else_than_a_document_is_bad_input(document: object) -> None:
    with pytest.raises(BadInput):
        Tokens.from_document(document)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("access_token", ""),
        ("access_token", None),
        ("refresh_token", 5),
        ("expires_at", "soon"),
        ("expires_at", None),
        ("expires_at", float("nan")),
        ("expires_in", True),
        ("hardware_id", "no uuid"),
        ("hardware_id", None),
        ("region", "evil.example/"),
        ("region", None),
        ("account_id", "900100"),
        ("account_id", True),
        ("client_id", 1.5),
        ("user_id", []),
    ],
)
def test_a_malformed_value_is_bad_input_that_quotes_no_secret(name: str, value: object) -> None:
    with pytest.raises(BadInput) as refused:
        Tokens.from_document(TOKENS.to_document() | {name: value})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(60, 60), (0.5, 0.5), (0, 3600), (-1, 3600), (None, 3600), ("60", 3600), (True, 3600)],
)
def test_a_life_time_is_positive_or_the_default(value: object, seconds: float) -> None:
    assert life_time(value) == seconds
