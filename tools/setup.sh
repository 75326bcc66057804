#!/bin/sh
# Everything that make run needs, and with the word «test» what the tests need besides: system
# packages, Python packages. Safe to repeat.
set -eu
cd "$(dirname "$0")/.."
packages="tesseract-ocr tesseract-ocr-vie libreoffice-writer-nogui fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea"
if [ "${1:-}" = test ]; then
  packages="$packages chromium libatomic1 openssh-server dovecot-imapd faketime samba"
fi
# Debian's Python comes without what makes environments.
"${PYTHON:-python3}" -c "import ensurepip, venv" 2>/dev/null || packages="$packages python3-venv"
missing=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
if [ -n "$missing" ] && command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then root=""; elif command -v sudo >/dev/null 2>&1; then root="sudo"; else root="none"; fi
  if [ "$root" = none ]; then
    echo "Please install as root: apt-get install -y --no-install-recommends$missing" >&2
  else
    echo "Installing system packages:$missing" >&2
    $root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
  fi
elif [ -n "$missing" ]; then
  echo "Please install with your system's package manager:$missing" >&2
fi
if [ ! -x .venv/bin/python ]; then
  "${PYTHON:-python3}" -m venv .venv
fi
if ! .venv/bin/python -c "import sys; sys.exit(sys.version_info < (3, 11))"; then
  echo "Python 3.11 or newer is needed (set PYTHON=/path/to/python3.11)." >&2
  exit 1
fi
stamp=.venv/.tonghop-lock
if ! cmp -s uv.lock "$stamp" 2>/dev/null; then
  echo "Installing Python packages from uv.lock ..." >&2
  # An environment that another tool made may lack pip.
  .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
  .venv/bin/python -m pip install -q --disable-pip-version-check "uv>=0.9,<1"
  UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --frozen --all-groups --no-group bom --all-extras --inexact --python .venv/bin/python --quiet
  cp uv.lock "$stamp"
fi
