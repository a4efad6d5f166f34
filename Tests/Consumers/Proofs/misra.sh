#!/usr/bin/env bash
# Checks the C of the samples by cppcheck's MISRA C:2012 rules against the table of deviations: misra.sh NNC [SAMPLE…]
# Networks are compiled as loops, since the checker takes minutes for thousands of lines without any; backprop is
# checked as it comes too.
set -euo pipefail
nnc=$(realpath "${1:?usage: misra.sh NNC [SAMPLE...]}")
here=$(cd "$(dirname "$0")" && pwd)
samples=("${@:2}")
[ ${#samples[@]} -gt 0 ] || samples=(backprop backprop-frozen xor iris logistic wine)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$nnc" compile "$here/../../../Samples/backprop.nn" --emit c --weights-in source -o as-it-comes/
for sample in "${samples[@]}"; do
  "$nnc" compile "$here/../../../Samples/$sample.nn" --emit c --real f32 --unroll 0 -o "$sample/"
done
# The addon keeps a file of its own in the folder that it runs in.
printf '%s\n' */ | xargs -P 2 -I{} sh -c \
  'cd "{}" && cppcheck --addon=misra --enable=style --std=c99 --quiet --template="{file}:{line}: {id}" *.c 2>log'
# Other findings of cppcheck than MISRA's are none.
if grep -hvE 'misra-c2012|^ |^$' ./*/log; then
  echo "cppcheck finds more than MISRA's rules" >&2
  exit 1
fi
status=0
for rule in $(grep -hoE 'misra-c2012-[0-9.]+' ./*/log | sed 's/misra-c2012-//' | sort -uV); do
  count=$(cat ./*/log | grep -cE "misra-c2012-$rule\$")
  if grep -q "^| $rule |" "$here/MISRA.md"; then
    printf '%s: %d times, in the table\n' "$rule" "$count"
  else
    printf '%s: %d times, NOT in the table:\n' "$rule" "$count"
    grep -hE "misra-c2012-$rule\$" ./*/log | head -n 3
    status=1
  fi
done
exit $status
