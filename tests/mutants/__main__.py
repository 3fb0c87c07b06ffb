"""`make mutants`: make small mistakes in the decisions and count those that no test notices.

The tests by example look at every mutant first, then those by property at what is left.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from tests.mutants.judges import EXAMPLES, JUDGES, PROPERTIES

GOAL = 0.9
MUTMUT = Path(sys.executable).with_name("mutmut")
# Where mutmut puts the mutated copy; what an earlier run left there would count again.
COPY = Path("mutants")
# What ends as something else than "survived" was noticed, an endless loop included.
UNNOTICED = frozenset({"survived", "no tests", "suspicious", "skipped", "not checked"})


def main() -> int:
    shutil.rmtree(COPY, ignore_errors=True)
    found: dict[str, str] = {}
    for judges in (EXAMPLES, PROPERTIES):
        left = [mutant for mutant, outcome in found.items() if outcome in UNNOTICED]
        if found and not left:
            break
        run = subprocess.run(
            [MUTMUT, "run", "--max-children", "2", *left],
            env={**os.environ, JUDGES: judges},
            capture_output=True,
            text=True,
            check=False,
        )
        found = outcomes(_asked("results", "--all", "true"))
        if run.returncode or not found:
            print(run.stdout[-2000:], run.stderr[-2000:], sep="\n", file=sys.stderr)
            return 1
        print(f"by {judges}:", *table(found), sep="\n", flush=True)
    for mutant, outcome in found.items():
        if outcome in UNNOTICED:
            print(f"\n{outcome}: {mutant}\n{_asked('show', mutant)}")
    return 0


def outcomes(results: str) -> dict[str, str]:
    """Read mutmut's list, one `name: outcome` a line."""
    pairs = (line.strip().rpartition(": ") for line in results.splitlines())
    return {mutant: outcome for mutant, _, outcome in pairs if "__mutmut_" in mutant}


def table(found: dict[str, str]) -> list[str]:
    """Count what was noticed, module by module."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for mutant, outcome in found.items():
        counts[mutant.rpartition(".")[0]][outcome not in UNNOTICED] += 1
    lines = [f"{'module':36}{'mutants':>9}{'noticed':>9}{'':>8}"]
    lines += [_row(module, count) for module, count in sorted(counts.items())]
    return [*lines, f"{_row('all', sum(counts.values(), Counter()))} (goal {GOAL:.0%})"]


def _row(name: str, count: Counter[bool]) -> str:
    return f"{name:36}{count.total():>9}{count[True]:>9}{count[True] / count.total():>8.1%}"


def _asked(*words: str) -> str:
    return subprocess.run([MUTMUT, *words], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
