from __future__ import annotations

from tests.mutants.__main__ import outcomes, table

RESULTS = """
    alarm.core.rule.x_after_quiet__mutmut_1: killed
    alarm.core.rule.x_after_quiet__mutmut_2: survived
    alarm.core.rule.x_after_quiet__mutmut_3: timeout
    alarm.core.schedule.edges.xǁNextǁat__mutmut_1: no tests
"""


def test_a_mutant_counts_as_noticed_unless_every_test_passes() -> None:
    lines = [line.split() for line in table(outcomes(RESULTS))]
    assert lines[1:] == [
        ["alarm.core.rule", "3", "2", "66.7%"],
        ["alarm.core.schedule.edges", "1", "0", "0.0%"],
        ["all", "4", "2", "50.0%", "(goal", "90%)"],
    ]
