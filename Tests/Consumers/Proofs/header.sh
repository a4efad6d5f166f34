#!/usr/bin/env bash
# Holds the headers of all samples to doxygen, everything documented, and to gcc and g++: header.sh NNC
set -euo pipefail
nnc=$(realpath "${1:?usage: header.sh NNC}")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for sample in "$here"/../../../Samples/*.nn; do
  "$nnc" compile "$sample" --emit c --weights-in header -o ./
done
printf '%s\n' 'INPUT = .' 'FILE_PATTERNS = *.h' 'GENERATE_LATEX = NO' 'HAVE_DOT = NO' 'QUIET = YES' \
  'OPTIMIZE_OUTPUT_FOR_C = YES' 'WARN_IF_UNDOCUMENTED = YES' 'WARN_NO_PARAMDOC = YES' \
  'WARN_AS_ERROR = FAIL_ON_WARNINGS' >Doxyfile
doxygen Doxyfile
for header in *.h; do
  g++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c++ "$header"
  gcc -std=c99 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -x c "$header"
done
printf '%d headers\n' "$(ls ./*.h | wc -l)"
