"""One night on stand-ins: the real program, with clouds and people played on this machine."""

from __future__ import annotations


def main(interactive: bool) -> int:
    """Play the night in this terminal and return the exit status."""
    # Only who plays it waits for the stand-ins to load, and Ctrl-C meanwhile is no traceback.
    from bot.demo.show import show  # noqa: PLC0415

    return show(interactive=interactive)
