#!/usr/bin/env bash
set -euo pipefail

reached=$(echo 'build 7 is green' | ./tell.sh north south | grep -o '"groupId":"[^"]*"' | cut -d '"' -f 4 | xargs)
if [ "$reached" != 'north south' ]; then
  echo "toGroupId: north south must be reached. Received $reached" >&2
  exit 1
fi
echo 'build 8 is red' | ./tell.sh a b c d 'room 7'
printf '好%.0s' {1..50000} | ./tell.sh north
