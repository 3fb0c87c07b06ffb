"""Be the real program, with little patience for jobs that stay away."""

from __future__ import annotations

import sys

from bot import cli, guard

if __name__ == "__main__":
    guard.TICK_LATE, guard.GIVE_UP = 0.3, 1.0
    sys.exit(cli.main())
