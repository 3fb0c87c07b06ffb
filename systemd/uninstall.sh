#!/usr/bin/env bash
# Remove the service of Blink Alarm; its memory and credentials stay unless --purge is given.
set -euo pipefail

readonly NAME=blink-alarm
readonly UNIT=/etc/systemd/system/$NAME.service

dry_run=no
purge=no

usage() {
    cat <<TEXT
Usage: sudo systemd/uninstall.sh [--purge] [--dry-run]
  --purge    also remove credentials, settings, state, logs and the user
  --dry-run  print what would be done and change nothing
TEXT
}

run() {
    if [[ $dry_run == yes ]]; then
        printf ' %q' "$@"
        printf '\n'
    else
        "$@"
    fi
}

while [[ $# -gt 0 ]]; do
    case $1 in
        --purge) purge=yes; shift ;;
        --dry-run) dry_run=yes; shift ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done

if [[ $dry_run == no && $EUID -ne 0 ]]; then
    echo "uninstall.sh: run this with sudo" >&2
    exit 1
fi
[[ $dry_run == no ]] || echo "This would be done:"

if [[ -e $UNIT || $dry_run == yes ]]; then
    run systemctl disable --now "$NAME.service"
    run rm -f "$UNIT"
    run systemctl daemon-reload
fi
run rm -f "/usr/local/bin/$NAME"
run rm -rf "/opt/$NAME"

if [[ $purge == yes ]]; then
    run rm -rf "/etc/$NAME" "/var/lib/$NAME" "/var/log/$NAME"
    if getent passwd "$NAME" >/dev/null || [[ $dry_run == yes ]]; then
        run userdel "$NAME"
    fi
else
    echo "Kept: /etc/$NAME and /var/lib/$NAME; --purge removes them."
fi
