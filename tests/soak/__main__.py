"""`make soak`: a simulated year of a household, in minutes; exit status 1 if something grows.

`python -m tests.soak [--days N] [--seed N]`. It prints what the program holds, month by month;
of a run of weeks, the warm-up and the two halves after it.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import UTC, datetime

from tests.soak.hand_clock import HandClock, any_named

START = datetime(2025, 1, 1, tzinfo=UTC)
DAYS, FEWEST_DAYS = 365, 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.soak")
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    args = parser.parse_args()
    if args.days < FEWEST_DAYS:
        parser.error(f"a soak takes {FEWEST_DAYS} days at least")
    clock = HandClock(START)
    clock.install(lambda: any_named("twilio"))
    # Everything below is imported under the clock, the program's own modules included.
    from tests.soak.run import run_soak

    print(f"seed {args.seed}, {args.days} days", flush=True)
    return run_soak(clock, random.Random(args.seed), START.date(), args.days)


if __name__ == "__main__":
    sys.exit(main())
