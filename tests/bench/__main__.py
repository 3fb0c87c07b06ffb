"""`make bench`: print what things cost, each beside its baseline, from one run."""

from __future__ import annotations

import asyncio
import importlib
import logging

PARTS = {
    "One quiet poll": "watching",
    "The alert": "alerting",
    "The answer": "answering",
    "Start and memory": "starting",
    "Deciding": "deciding",
    "Storage": "storage",
}


async def main() -> None:
    for title, name in PARTS.items():
        print(f"\n== {title}", flush=True)
        module = importlib.import_module(f"tests.bench.{name}")
        found = module.measure()
        for line in await found if asyncio.iscoroutine(found) else found:
            print(line, flush=True)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main())
