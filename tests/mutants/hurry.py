"""A plugin for runs against mutants: a test that fails has said enough, and quick ones go first."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings

# To look for the smallest example, or an old one, would only take time.
settings.register_profile(
    "mutants", phases=(Phase.explicit, Phase.generate), derandomize=True, deadline=None
)
settings.load_profile("mutants")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_takes_long)


def _takes_long(item: pytest.Item) -> bool:
    function = getattr(item, "obj", None)
    return hasattr(function, "hypothesis") or item.name == "runTest"
