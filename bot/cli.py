"""The command line: run, demo, setup, check, forget-pin.

Everything heavy is imported where it is needed, so that help, version and refusals are fast.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

STOPPED = 0
FAILED = 1
BAD_CONFIGURATION = 2
DEFAULT_ENV_FILE = Path("credentials.env")


def main(argv: list[str] | None = None) -> int:
    """Do what the command line says and return the exit status."""
    args = _parser().parse_args(argv)
    if args.command == "run":
        # Until the program's own loop takes the signals over, they end it just as cleanly.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: sys.exit(STOPPED))
    from bot.variables import ConfigError

    try:
        match args.command:
            case "run":
                return _run(args)
            case "demo":
                return _demo(args)
            case "setup":
                from bot.setup import set_up

                return set_up(args.env_file)
            case "forget-pin":
                from bot.forgotten_pin import forget_pin

                return forget_pin(_state_dir(args))
            case _:
                return _check(args)
    except ConfigError as error:
        print(f"blink-alarm: {error}", file=sys.stderr)
        return BAD_CONFIGURATION


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="blink-alarm", description="A burglar alarm for owners of Blink cameras."
    )
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="watch the cameras until stopped")
    demo = commands.add_parser("demo", help="play one night on stand-ins, without any account")
    setup = commands.add_parser("setup", help="ask for the accounts and write an env file")
    check = commands.add_parser("check", help="try configuration and accounts; rings nobody")
    forget = commands.add_parser("forget-pin", help="remove a PIN that nobody remembers")
    for command in (run, check):
        command.add_argument(
            "--env-file",
            action="extend",
            nargs="+",
            type=Path,
            default=[],
            metavar="FILE",
            help="file of NAME=value lines; a later one goes before an earlier one",
        )
    for command in (run, check, forget):
        command.add_argument(
            "--state-dir", type=Path, metavar="DIR", help="where the alarm keeps its memory"
        )
    demo.add_argument("--interactive", action="store_true", help="keep it running and play along")
    setup.add_argument(
        "--env-file",
        type=Path,
        default=DEFAULT_ENV_FILE,
        metavar="FILE",
        help=f"file to write (default: {DEFAULT_ENV_FILE})",
    )
    return parser


class _Version(argparse.Action):
    """Print the version; it is looked up only when asked for."""

    def __init__(self, option_strings: list[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"blink-alarm {version('blink-alarm')}")
        parser.exit(STOPPED)


def _run(args: argparse.Namespace) -> int:
    import logging

    try:
        from bot.config import load_config
        from bot.logs import set_up_logging

        config = load_config(os.environ, args.env_file)
        state_dir = _state_dir(args)
        set_up_logging(config)
        logger = logging.getLogger("bot.cli")
        for warning in config.warnings:
            logger.warning("%s", warning)
        from bot.program import run

        return run(config, state_dir)
    except KeyboardInterrupt:
        # A second Ctrl+C, after the loop gave the signals back.
        return STOPPED


def _demo(args: argparse.Namespace) -> int:
    from bot.demo import main as play

    try:
        return play(args.interactive)
    except KeyboardInterrupt:
        return STOPPED


def _check(args: argparse.Namespace) -> int:
    from bot.check import check
    from bot.config import load_config

    try:
        return check(load_config(os.environ, args.env_file), _state_dir(args))
    except KeyboardInterrupt:
        return FAILED


def _state_dir(args: argparse.Namespace) -> Path:
    from bot.places import default_state_dir

    given: Path | None = args.state_dir
    return default_state_dir(os.environ) if given is None else given


if __name__ == "__main__":
    sys.exit(main())
