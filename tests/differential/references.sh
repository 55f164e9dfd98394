#!/usr/bin/env bash
# Makes what the differential tests compare with, under build/references:
#
#   venv/py311            the tools of requirements.txt, on Python 3.11 or the nearest there is
#   venv/jedi             Jedi, on the same
#   venv/py37             pycodestyle 2.5.0 on Python 3.7, where the machine has that
#   corpora/NAME          the packages of requirements-corpora.txt, and `cpython`: the standard library
#   pcs_src, flake8_async_src   the sources of two of the tools, for their test suites
#
# What is there is kept. Everything is pinned by hash. $ASYNCLINT_REFERENCES names another folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${ASYNCLINT_REFERENCES:-$here/../../build/references}
mkdir -p "$root/venv" "$root/corpora"
export PIP_DISABLE_PIP_VERSION_CHECK=1

# The first interpreter of a version that is there, on the path or among pyenv's.
find_python() {
    local version candidate
    for version in "$@"; do
        for candidate in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python "python$version"; do
            if "$candidate" -c "import ensurepip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
                command -v "$candidate"
                return
            fi
        done
    done
    return 1
}

# make_venv NAME PYTHON REQUIREMENTS
make_venv() {
    local folder=$root/venv/$1
    cmp -s "$3" "$folder/made" && return
    echo "references: environment $1"
    rm -rf "$folder"
    "$2" -m venv "$folder"
    "$folder/bin/pip" install -q --no-deps --require-hashes -r "$3"
    cp "$3" "$folder/made"
}

unpack() {
    case $1 in
    *.whl) python3 -m zipfile -e "$1" "$2" ;;
    *) tar -xzf "$1" -C "$2" ;;
    esac
}

make_corpora() {
    local packages=$here/requirements-corpora.txt
    cmp -s "$packages" "$root/corpora/made" && return
    echo "references: corpora"
    local archives
    archives=$(mktemp -d)
    "$root/venv/py311/bin/pip" download -q --no-deps --ignore-requires-python --require-hashes \
        -d "$archives" -r "$packages"
    rm -rf "$root/corpora" "$root/pcs_src" "$root/flake8_async_src"
    mkdir -p "$root/corpora/homeassistant" "$root/pcs_src" "$root/flake8_async_src"
    unpack "$archives"/aiohttp-* "$root/corpora"
    unpack "$archives"/django-* "$root/corpora"
    unpack "$archives"/httpx-* "$root/corpora"
    unpack "$archives"/homeassistant-* "$root/corpora/homeassistant"
    unpack "$archives"/pycodestyle-* "$root/pcs_src"
    unpack "$archives"/flake8_async-* "$root/flake8_async_src"
    rm -rf "$archives"
    copy_standard_library
    cp "$packages" "$root/corpora/made"
}

copy_standard_library() {
    "$root/venv/py311/bin/python" - "$root/corpora/cpython" <<'END'
import shutil
import sys
import sysconfig

left_out = shutil.ignore_patterns("site-packages", "dist-packages", "__pycache__", "*.so", "*.a")
shutil.copytree(sysconfig.get_path("stdlib"), sys.argv[1], ignore=left_out, symlinks=True)
END
}

if ! modern=$(find_python 3.11 3.12 3.13); then
    echo "references: no Python 3.11 to 3.13 with venv" >&2
    exit 1
fi
make_venv py311 "$modern" "$here/requirements.txt"
make_venv jedi "$modern" "$here/requirements-jedi.txt"
if old=$(find_python 3.7); then
    make_venv py37 "$old" "$here/requirements-py37.txt"
else
    echo "references: no Python 3.7 on this machine: what needs pycodestyle on it is skipped" >&2
fi
make_corpora
