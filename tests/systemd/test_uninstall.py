"""Removing the service, on a machine made of paper."""

from __future__ import annotations

from pathlib import Path

from tests.systemd.stage import NAME, Stage

CONFIG = f"etc/{NAME}"


def test_removing_keeps_credentials_and_memory_and_may_be_repeated(
    stage: Stage, original: Path
) -> None:
    stage.install("--from", original)
    (stage.root / f"var/lib/{NAME}/state.json").write_text("{}")
    stage.orders()
    kept = {f"{CONFIG}/credentials.env", f"{CONFIG}/vars.env", f"var/lib/{NAME}/state.json"}
    done = stage.run("uninstall.sh")
    assert (done.returncode, stage.files) == (0, kept)
    assert f"systemctl disable --now {NAME}.service" in stage.orders()
    assert "--purge removes them" in done.stdout
    again = stage.run("uninstall.sh")
    assert (again.returncode, stage.files) == (0, kept)
    assert stage.orders("systemctl") == []


def test_a_service_that_does_not_stop_is_not_taken_apart(stage: Stage, original: Path) -> None:
    stage.install("--from", original)
    before = stage.files
    (stage.path / "fail-disable").touch()
    assert stage.run("uninstall.sh", "--purge").returncode == 1
    assert stage.files == before


def test_a_purge_leaves_nothing_not_even_the_user(stage: Stage, original: Path) -> None:
    stage.install("--from", original)
    (stage.root / f"var/log/{NAME}").mkdir(parents=True)
    for _ in range(2):
        done = stage.run("uninstall.sh", "--purge")
        assert (done.returncode, done.stderr, stage.files) == (0, "", set())
    assert (stage.path / "users").read_text() == "root\n"
    assert not (stage.root / f"var/log/{NAME}").exists()
    assert not (stage.root / CONFIG).exists()


def test_a_dry_removal_shows_every_step_and_does_none(stage: Stage, original: Path) -> None:
    stage.install("--from", original)
    stage.orders()
    before = stage.files
    done = stage.run("uninstall.sh", "--purge", "--dry-run")
    assert (done.returncode, stage.files) == (0, before)
    assert [order.split()[0] for order in stage.orders()] in ([], ["getent"])
    for step in ("systemctl disable", f"rm -rf {stage.root}/opt/{NAME}", "userdel"):
        assert step in done.stdout


def test_it_can_be_installed_again_over_what_was_kept(stage: Stage, original: Path) -> None:
    stage.install("--from", original)
    stage.run("uninstall.sh")
    done = stage.install()
    assert done.returncode == 0
    assert "Installed and started." in done.stdout
