#!/usr/bin/env bash
# Builds and runs the projects of this folder as their owners would, from copies: run.sh [swift|swiftbuild|cmake|make …]
# They take the tool and the plugins from this package, and print the worked example's numbers. Networks are changed,
# added, removed and broken on the way. CONSUMERS names a folder to keep, so that a second run builds less.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${CONSUMERS:-$(mktemp -d)}
[ -n "${CONSUMERS:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
# Owners of other packages do not hold this one to its rules.
unset NNC_STRICT
ln -sfn "$root" "$work/nnc"

fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
# Whether a text holds another.
expect() { case $1 in *"$2"*) ;; *) printf '%s\n' "$1" | tail -n 40 >&2; fail "no \`$2\`" ;; esac; }
# A command that must fail; its messages.
refused() { if output=$("$@" 2>&1); then fail "$* did not fail"; fi; printf '%s' "$output"; }

# What every consumer prints of the worked example after 10,000 steps at a rate of 0.5, and at 0.25.
half=0.0115875273
quarter=0.0139712552

swift_package() {
  local system=$1 app
  mkdir -p "$work/$system"
  cp -R "$here/SwiftPackage/." "$work/$system/"
  ln -sfn "$root" "$work/nnc"
  cd "$work/$system"
  local build=(swift build --build-system "$system") run=(swift run --build-system "$system" --skip-build App)
  local output
  output=$("${build[@]}" --build-tests 2>&1) || { printf '%s\n' "$output" | tail -n 40 >&2; fail "$system: building"; }
  expect "$("${run[@]}" 2>/dev/null)" "outputs $half"
  printf '%s: built, trained\n' "$system"

  sed -i 's/lr=0.5/lr=0.25/' Sources/App/backprop.nn
  "${build[@]}" --product App >/dev/null 2>&1
  expect "$("${run[@]}" 2>/dev/null)" "outputs $quarter"
  printf '%s: a network changed\n' "$system"

  printf 'linear 1->1; loss mse; train sgd\n' >Sources/App/added.nn
  printf 'print("added", Added.parameterCount)\n' >>Sources/App/main.swift
  "${build[@]}" --product App >/dev/null 2>&1 || fail "an added network"
  expect "$("${run[@]}" 2>/dev/null)" "added 2"
  rm Sources/App/added.nn
  expect "$(refused "${build[@]}" --product App)" "cannot find 'Added' in scope"
  cp "$here/SwiftPackage/Sources/App/main.swift" Sources/App/
  "${build[@]}" --product App >/dev/null 2>&1 || fail "a removed network"
  printf '%s: a network added and removed\n' "$system"

  sed -i 's/^sigmoid/sigmod/' Sources/App/backprop.nn
  expect "$(refused "${build[@]}" --product App)" \
    "/Sources/App/backprop.nn:5:1: error: there is no layer \`sigmod\`"
  cp "$here/SwiftPackage/Sources/App/backprop.nn" Sources/App/
  printf '{ "reall": "f32" }\n' >Sources/App/nnc.json
  expect "$(refused "${build[@]}" --product App)" \
    "/Sources/App/nnc.json:1:3: error: there is no option \`reall\`"
  printf '{ "backprop.nn": { "max-samples": 7 } }\n' >Sources/App/nnc.json
  printf 'print("most", Backprop.maximumSamples)\n' >>Sources/App/main.swift
  "${build[@]}" --product App >/dev/null 2>&1 || fail "options"
  expect "$("${run[@]}" 2>/dev/null)" "most 7"
  rm Sources/App/nnc.json
  cp "$here/SwiftPackage/Sources/App/main.swift" Sources/App/
  printf '%s: errors with their places, options\n' "$system"
}

swift_extras() {
  cd "$work/native"
  swift build --build-system native --traits Embedded --triple armv7em-none-none-eabi --product Firmware >/dev/null 2>&1 ||
    fail "a cross build"
  expect "$(file "$(find .build/armv7em-none-none-eabi/ -name 'Firmware.swift.o')")" "ELF 32-bit LSB relocatable, ARM"
  printf 'native: Embedded Swift for a Cortex-M4\n'
  expect "$(swift test --build-system native 2>&1 | grep 'Test run with 2 tests')" passed
  printf 'native: a network in a test target\n'
  expect "$(swift package nnc check 2>/dev/null)" "backprop: 2 -> 2, 12 parameters"
  expect "$(swift package nnc explain Sources/App/backprop.nn --x 0.05,0.10 --t 0.01,0.99 --only w5 2>/dev/null)" "0.08217"
  printf 'native: swift package nnc check, explain\n'
}

# The tool for CMake and make: that of this package's own build.
tool() {
  [ -x "$(swift build --package-path "$root" --show-bin-path)/nnc" ] || swift build --package-path "$root" --product nnc
  PATH=$(swift build --package-path "$root" --show-bin-path):$PATH
}

cmake_project() {
  tool
  rm -rf "$work/cmake" && cp -R "$here/C" "$work/cmake" && cd "$work/cmake"
  cmake -S . -B build >/dev/null && cmake --build build >/dev/null
  expect "$(build/app)" "outputs $half"
  expect "$(build/predictor)" "outputs 0.751365 0.772928"
  sed -i 's/lr=0.5/lr=0.25/' net.nn
  cmake --build build >/dev/null
  expect "$(build/app)" "outputs $quarter"
  sed -i 's/^sigmoid/sigmod/' net.nn
  expect "$(refused cmake --build build)" "/net.nn:5:1: error: there is no layer \`sigmod\`"
  printf 'cmake: built, trained, changed, refused\n'
}

make_project() {
  tool
  rm -rf "$work/make" && cp -R "$here/C" "$work/make" && cd "$work/make"
  make >/dev/null
  expect "$(./app)" "outputs $half"
  expect "$(make)" "Nothing to be done"
  sed -i 's/lr=0.5/lr=0.25/' net.nn
  make >/dev/null
  expect "$(./app)" "outputs $quarter"
  sed -i 's/^sigmoid/sigmod/' net.nn
  expect "$(refused make)" "net.nn:5:1: error: there is no layer \`sigmod\`"
  printf 'make: built, trained, changed, refused\n'
}

for part in "${@:-swift swiftbuild cmake make}"; do
  for part in $part; do
    case $part in
      swift) swift_package native; swift_extras ;;
      swiftbuild) swift_package swiftbuild ;;
      cmake) cmake_project ;;
      make) make_project ;;
      *) fail "there is no consumer $part" ;;
    esac
  done
done
