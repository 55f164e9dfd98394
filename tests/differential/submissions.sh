#!/usr/bin/env bash
# submissions.sh MIRRORS: unpacks the real submissions under build/references/submissions, for
# labels.py and submissions.py: `head`, the newest states, and `history`, earlier revisions.
#
# MIRRORS holds a bare repository OWNER+NAME/repo for each one in the oracle's manifest.json;
# $ASYNCLINT_ORACLE names the oracle's folder.
set -euo pipefail
mirrors=$(cd "${1:?the folder of the bare repositories}" && pwd)
project=$(cd "$(dirname "$0")/../.." && pwd)
oracle=${ASYNCLINT_ORACLE:-$project/../shared/submissions}
submissions=${ASYNCLINT_REFERENCES:-$project/build/references}/submissions
rm -rf "$submissions"
mkdir -p "$submissions/head" "$submissions/history"
cp "$oracle/manifest.json" "$submissions/head"
list_folders() {
    python3 -c 'import json, sys
for entry in json.load(open(sys.argv[1])):
    print(entry["owner"], entry["repo"], entry["commit"], entry["folder"])' "$oracle/manifest.json"
}
list_folders | while read -r owner repo commit folder; do
    mkdir -p "$submissions/head/$owner/$repo"
    git --git-dir="$mirrors/$owner+$repo/repo" archive --prefix="$folder/" "$commit:$folder" |
        tar -x -C "$submissions/head/$owner/$repo"
done
MIRROR=$mirrors SUBMISSIONS=$submissions/head SUBMISSIONS_HISTORY=$submissions/history \
    python3 "$oracle/mkhist.py"
