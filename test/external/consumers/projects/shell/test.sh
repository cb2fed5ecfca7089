#!/usr/bin/env bash
set -euo pipefail

reached=$(./tell.sh 2193 2192 | grep -o '"groupId":"[^"]*"' | cut -d '"' -f 4 | xargs)
if [ "$reached" != '2193 2192' ]; then
  echo "toGroupId: 2193 2192 must be reached. Received $reached" >&2
  exit 1
fi

echo 'build 8 is red' | ./tell.sh --build a b c d 'room 7'
printf '好%.0s' {1..50000} | ./tell.sh --build north
