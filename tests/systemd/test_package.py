"""What is built is all that the program needs to run, with its types."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("alarm", "bot", "simulator", "storage")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build from a copy, as the installation does."""
    pytest.importorskip("setuptools")
    copy = tmp_path_factory.mktemp("checkout")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("*.pyc"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, copy)
    script = "import setuptools; setuptools.setup()"
    command = [sys.executable, "-W", "ignore", "-c", script, "-q", "build", "--build-lib", "out"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    return copy / "out"


def test_the_package_holds_every_module_of_the_four_rooms(built: Path) -> None:
    modules = {path.relative_to(built) for path in built.rglob("*.py")}
    expected = {path.relative_to(ROOT) for name in PACKAGES for path in (ROOT / name).rglob("*.py")}
    assert modules == expected
    assert {path.name for path in built.iterdir()} == {*PACKAGES}


def test_each_room_says_that_it_is_typed(built: Path) -> None:
    assert [(built / name / "py.typed").exists() for name in PACKAGES] == [True] * 4
