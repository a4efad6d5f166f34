#!/usr/bin/env bash
# Emitted C under gcc's -fanalyzer and clang's -Weverything, where every warning is an error: warnings.sh NNC [CLANG]
#
# Left out of -Weverything, with reasons:
#   declaration-after-statement  C99 has it; the warning is for C89
#   unsafe-buffer-usage          asks for C++'s containers: every array of C is a pointer
#   float-equal                  comparisons of the network's own, ties and infinities, are meant exactly
set -euo pipefail
nnc=$(realpath "$1")
clang=${2:-$(dirname "$(readlink -f "$(command -v swiftc)")")/clang}
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
but=(-Wno-declaration-after-statement -Wno-unsafe-buffer-usage -Wno-float-equal)
count=0
for sample in backprop xor iris wine; do
  for options in "" "--real f32" "--unroll 0"; do
    folder=$work/$sample-${options// /}
    mkdir -p "$folder"
    # shellcheck disable=SC2086
    "$nnc" compile "Samples/$sample.nn" --emit c $options -o "$folder/"
    for source in "$folder"/*.c; do
      gcc -std=c99 -O2 -fanalyzer -Wall -Wextra -Werror -c "$source" -o "$folder/object.o"
      "$clang" -std=c99 -Weverything "${but[@]}" -Werror -c "$source" -o "$folder/object.o"
      count=$((count + 1))
    done
  done
done
echo "$count sources are clean under gcc -fanalyzer and clang -Weverything, less ${but[*]}"
