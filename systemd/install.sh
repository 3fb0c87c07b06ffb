#!/usr/bin/env bash
# Install Blink Alarm as a service, or bring an installed one up to date.
set -euo pipefail
# The service must be able to read its program, whatever the umask of whoever calls this.
umask 022

readonly NAME=blink-alarm
readonly PREFIX=/opt/$NAME
readonly CONFIG=/etc/$NAME
readonly UNIT=/etc/systemd/system/$NAME.service
readonly COMMAND=/usr/local/bin/$NAME

dry_run=no
from=
python=

usage() {
    cat <<TEXT
Usage: sudo systemd/install.sh [--from DIR] [--python PROGRAM] [--dry-run]
  --from DIR        take credentials.env and vars.env of the original program from DIR
  --python PROGRAM  Python 3.11 or newer to use (default: the system's, if new enough)
  --dry-run         print what would be done and change nothing
Credentials and settings that are already in $CONFIG are kept.
TEXT
}

# A dry run tells every reason to stop and goes on.
fail() {
    echo "install.sh: $*" >&2
    [[ $dry_run == yes ]] || exit 1
}

run() {
    if [[ $dry_run == yes ]]; then
        printf ' %q' "$@"
        printf '\n'
    else
        "$@"
    fi
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local candidate
    # The system's own first: it gets security updates and is no private installation.
    for candidate in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

while [[ $# -gt 0 ]]; do
    case $1 in
        --from) from=${2:?--from needs a directory}; shift 2 ;;
        --python) python=${2:?--python needs a program}; shift 2 ;;
        --dry-run) dry_run=yes; shift ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[[ $dry_run == yes || $EUID -eq 0 ]] || fail "run this with sudo"
[[ -z $from || -e $from/credentials.env || -e $from/vars.env ]] \
    || fail "$from holds neither credentials.env nor vars.env"
if [[ -z $python ]]; then
    python=$(find_python) || python=python3
fi
new_enough "$python" \
    || fail "$python is not Python 3.11 or newer; on Debian 12 or newer: apt install python3 python3-venv"
"$python" -c 'import ensurepip, venv' 2>/dev/null \
    || fail "$python cannot make a virtual environment; on Debian: apt install python3-venv"
real_python=$("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))' 2>/dev/null) || true
if [[ $real_python =~ ^/(home|root)/ ]]; then
    fail "$python lives in a home directory, which the service cannot see; name another with --python"
fi
[[ $dry_run == no ]] || echo "This would be done with $python:"

# A user of its own, so that nothing else on this machine can read the passwords.
if ! getent passwd "$NAME" >/dev/null; then
    run useradd --system --user-group --no-create-home --home-dir "/var/lib/$NAME" \
        --shell /usr/sbin/nologin "$NAME"
fi

# A venv whose Python went away with an upgrade of the system is made anew; all that is left of it
# is a link to nowhere.
if [[ -L $PREFIX/bin/python || -e $PREFIX/bin/python ]] && ! new_enough "$PREFIX/bin/python"; then
    run "$python" -m venv --clear "$PREFIX"
else
    run "$python" -m venv "$PREFIX"
fi
# Built from a copy, so that root leaves no files of its own in the checkout.
build_dir=/tmp/$NAME-build
if [[ $dry_run == no ]]; then
    build_dir=$(mktemp -d)
    trap 'rm -rf "$build_dir"' EXIT
fi
for part in alarm bot simulator storage pyproject.toml README.md; do
    run cp -R "$source_dir/$part" "$build_dir/"
done
run "$PREFIX/bin/pip" install --quiet --disable-pip-version-check \
    --constraint "$source_dir/constraints.txt" "$build_dir"
run install -m 0644 "$source_dir/README.md" "$PREFIX/README.md"
run ln -sfn "$PREFIX/bin/$NAME" "$COMMAND"

run install -d -m 0700 -o "$NAME" -g "$NAME" "/var/lib/$NAME"
run install -d -m 0750 -o root -g "$NAME" "$CONFIG"
for file in credentials.env vars.env; do
    if [[ -e $CONFIG/$file ]]; then
        echo "Kept: $CONFIG/$file"
    elif [[ -n $from && -e $from/$file ]]; then
        run install -m 0600 -o "$NAME" -g "$NAME" "$from/$file" "$CONFIG/$file"
    else
        run install -m 0600 -o "$NAME" -g "$NAME" "$source_dir/systemd/$file.example" "$CONFIG/$file"
    fi
done

run install -m 0644 "$source_dir/systemd/$NAME.service" "$UNIT"
run systemctl daemon-reload
run systemctl enable --quiet "$NAME.service"
if [[ $dry_run == yes ]]; then
    run systemctl restart "$NAME.service"
    exit 0
fi

# Exit status 2 says that values are missing or wrong; anything else the alarm can live with.
status=0
runuser -u "$NAME" -- "$PREFIX/bin/$NAME" check --state-dir "/var/lib/$NAME" \
    --env-file "$CONFIG/credentials.env" "$CONFIG/vars.env" || status=$?
if [[ $status -eq 2 ]]; then
    cat <<TEXT

Installed. Before it can start it needs the accounts:
  sudo $NAME setup --env-file $CONFIG/credentials.env
  sudo systemctl restart $NAME
TEXT
else
    systemctl restart "$NAME.service"
    echo
    echo "Installed and started. Its log: journalctl -u $NAME -f"
fi
