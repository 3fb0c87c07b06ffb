from __future__ import annotations

import pytest

from tests.bench.answering import percentile


@pytest.mark.parametrize(
    ("count", "share", "found"),
    [
        (1, 0.99, 1),
        (100, 0.99, 99),
        (101, 0.99, 100),
        (250, 0.99, 248),
        (4, 0.5, 2),
        (200, 1.0, 200),
    ],
)
def test_a_percentile_is_the_smallest_value_that_covers_its_share(
    count: int, share: float, found: int
) -> None:
    assert percentile([float(n) for n in range(count, 0, -1)], share) == found
