"""A long story with random faults on all three clouds, kills and jumps of the clock.

`python -m tests.chaos [--minutes N] [--seed N] [--speed N]`. It prints the seed, what it did, and
what went wrong; exit status 1 if anything did.
"""

from __future__ import annotations

import argparse
import random
import sys

from tests.chaos.fast_clock import FastClock

SPEED = 30.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.chaos")
    parser.add_argument("--minutes", type=float, default=1000.0)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--speed", type=float, default=SPEED)
    args = parser.parse_args()
    clock = FastClock.from_now(args.speed)
    clock.install()
    # Everything below is imported under the fast clock, the program's own modules included.
    from tests.chaos.run import run_chaos

    print(
        f"seed {args.seed}, {args.minutes:g} minutes at {args.speed:g} times the speed", flush=True
    )
    return run_chaos(clock, random.Random(args.seed), args.minutes)


if __name__ == "__main__":
    sys.exit(main())
