#!/usr/bin/env bash
# Packs the extension for VS Code and tries it: in a headless VS Code where `code` is found, else by its tokenizer, which
# npm brings. Status 77 where npm brings none.
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
if ! timeout 180 npm install --silent --no-audit --no-fund --no-save vscode-textmate@9 vscode-oniguruma@2 >/dev/null; then
  printf 'npm brings no tokenizer\n' >&2
  exit 77
fi
node "$root/Tests/Editors/tokens.mjs" "$work/vsix/extension" "$root"/Samples/*.nn
