"""A plugin for runs against mutants: only the tests that the environment names judge."""

from __future__ import annotations

import os

import pytest
from hypothesis import Phase, is_hypothesis_test, settings

JUDGES = "MUTANTS_JUDGES"
# Examples are quick and find most; properties take minutes each time that they find nothing.
EXAMPLES, PROPERTIES = "examples", "properties"


def pytest_configure() -> None:
    # To look for the smallest example, or an old one, would only take time.
    settings.register_profile(
        "mutants", phases=(Phase.explicit, Phase.generate), derandomize=True, deadline=None
    )
    settings.load_profile("mutants")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    judges = os.environ[JUDGES]
    others = [item for item in items if _is_property(item) is not (judges == PROPERTIES)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


def _is_property(item: pytest.Item) -> bool:
    # A state machine is a case of unittest, whose one test is `runTest`.
    return item.name == "runTest" or bool(is_hypothesis_test(getattr(item, "obj", None)))
