#!/usr/bin/env bash
# Tries the files that .ci/release made, as their users would: packages.sh FOLDER
# The tarball is unpacked, the Debian package installed and removed (as root; else unpacked), the container's image loaded
# and run where an engine runs and else entered as a root (by root), the extension's and the formula's contents looked at.
set -euo pipefail
folder=$(realpath "${1:?usage: packages.sh FOLDER}")
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
cd "$folder"
sha256sum --quiet --check SHA256SUMS || fail "checksums"
version=$(ls nnc_*.deb | cut -d_ -f2)

# The worked example's loss, by a tool.
example() { "$@" eval "$root/Samples/backprop.nn" --x 0.05,0.10 --t 0.01,0.99 -e loss; }
loss=0.2983711087600027

mkdir "$work/tarball"
tar -xzf nnc-"$version"-linux-*.tar.gz --strip-components 1 -C "$work/tarball"
[ "$(example "$work/tarball/bin/nnc")" = $loss ] || fail "the tarball's tool"
[ -f "$work/tarball/share/man/man1/nnc.1" ] || fail "the tarball's manual page"
printf 'tarball: unpacked, runs\n'

package=$(ls nnc_*.deb)
[ "$(dpkg-deb --field "$package" Version)" = "$version" ] || fail "the Debian package's version"
if [ "$(id -u)" = 0 ] && ! dpkg -s nnc >/dev/null 2>&1; then
  dpkg --install "$package" >/dev/null
  [ "$(example /usr/bin/nnc)" = $loss ] || fail "the Debian package's tool"
  (cd / && dpkg --verify nnc) || fail "the Debian package's files"
  dpkg --purge nnc >/dev/null
  [ ! -e /usr/bin/nnc ] && [ ! -e /usr/share/doc/nnc ] || fail "purging leaves files"
  printf 'Debian package: installed, runs, purged\n'
else
  dpkg-deb --extract "$package" "$work/deb"
  [ "$(example "$work/deb/usr/bin/nnc")" = $loss ] || fail "the Debian package's tool"
  printf 'Debian package: unpacked, runs\n'
fi

image=$(ls nnc-"$version"-image-*.tar.gz)
# By the first engine that starts containers on this machine: where one cannot, it ends with 125 or 126. The limits are below
# those that a shell has, since an engine in a container may not raise its own.
limits="--ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --network none"
engine=
for command in docker podman "podman --runtime runc"; do
  if ! command -v ${command%% *} >/dev/null || ! $command info >/dev/null 2>&1; then continue; fi
  $command load --quiet -i "$image" >/dev/null || fail "$command does not load the image"
  status=0
  answer=$($command run --rm $limits -v "$root/Samples:/work:ro" "nnc:$version" \
    eval backprop.nn --x 0.05,0.10 --t 0.01,0.99 -e loss 2>"$work/engine") || status=$?
  $command image rm "nnc:$version" >/dev/null
  case $status in 125 | 126) printf '%s starts no container here: %s\n' "$command" "$(tail -n 1 "$work/engine")"; continue ;; esac
  [ "$answer" = $loss ] || { cat "$work/engine" >&2; fail "the image by $command"; }
  engine=$command
  break
done
if [ -n "$engine" ]; then
  printf 'image: loaded and run by %s\n' "$engine"
else
  mkdir "$work/image" "$work/layer"
  tar -xzf "$image" -C "$work/image"
  # Every file is what its name says, and the manifest leads to the layer.
  for blob in "$work/image"/blobs/sha256/*; do
    [ "$(sha256sum "$blob" | cut -d' ' -f1)" = "$(basename "$blob")" ] || fail "the image's blob $blob"
  done
  layer=$(python3 - "$work/image" <<'PYTHON'
import json, pathlib, sys
root = pathlib.Path(sys.argv[1])
read = lambda digest: json.loads((root / "blobs" / digest.replace(":", "/")).read_text())
manifest = read(json.loads((root / "index.json").read_text())["manifests"][0]["digest"])
config = read(manifest["config"]["digest"])
assert config["rootfs"]["diff_ids"] == [layer["digest"] for layer in manifest["layers"]]
assert json.loads((root / "manifest.json").read_text())[0]["Layers"][0].endswith(manifest["layers"][0]["digest"][7:])
[entry] = config["config"]["Entrypoint"]
print(root / "blobs" / manifest["layers"][0]["digest"].replace(":", "/"), entry)
PYTHON
)
  entry=${layer##* } layer=${layer% *}
  tar -xf "$layer" -C "$work/layer"
  if [ "$(id -u)" = 0 ]; then
    # Swift finds its arguments in /proc, which every engine mounts.
    mkdir -p "$work/layer/net" "$work/layer/proc"
    cp "$root/Samples/backprop.nn" "$work/layer/net/"
    answer=$(unshare --mount bash -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$work/layer" \
      "$entry" eval /net/backprop.nn --x 0.05,0.10 --t 0.01,0.99 -e loss)
    [ "$answer" = $loss ] || fail "the image by chroot"
    printf 'image: its layers agree; run in a root of its own, as no engine runs here\n'
  else
    printf 'image: its layers agree; not run, as no engine runs here\n'
  fi
fi

python3 - "$(ls nnc-*.vsix)" <<'PYTHON'
import json, sys, zipfile
from xml.etree import ElementTree
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
manifest = ElementTree.fromstring(archive.read("extension.vsixmanifest"))
space = "{http://schemas.microsoft.com/developer/vsx-schema/2011}"
facts = json.loads(archive.read("extension/package.json"))
identity = manifest.find(f"{space}Metadata/{space}Identity")
assert (identity.get("Id"), identity.get("Version")) == (facts["name"], facts["version"])
for asset in manifest.iter(f"{space}Asset"):
    archive.getinfo(asset.get("Path"))
for row in facts["contributes"]["grammars"]:
    json.loads(archive.read("extension/" + row["path"].removeprefix("./")))
ElementTree.fromstring(archive.read("[Content_Types].xml"))
PYTHON
printf 'extension: whole\n'

grep -q "sha256 \"$(sha256sum nnc-"$version".tar.gz | cut -d' ' -f1)\"" nnc.rb || fail "the formula's checksum"
if command -v ruby >/dev/null; then ruby -c nnc.rb >/dev/null || fail "the formula"; fi
tar -tzf nnc-"$version".tar.gz "nnc-$version/Package.swift" >/dev/null || fail "the source"
printf 'formula and source: as they belong together\n'
