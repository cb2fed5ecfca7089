#!/usr/bin/env bash
# Tells groups that someone is typing (./tell.sh GROUP...) or what the build is doing (echo TEXT | ./tell.sh --build GROUP...).
set -euo pipefail

most_groups=3
most_bytes=131072
type=RC:TypSts
content='{"typingContentType":"RC:TxtMsg"}'

publish() {
  local nonce timestamp signature groups=()
  nonce=$(openssl rand -hex 8)
  timestamp=$(date +%s000)
  signature=$(printf '%s' "$RONGCLOUD_APP_SECRET$nonce$timestamp" |
    sha1sum | cut -c 1-40)
  for group in "$@"; do
    groups+=(--data-urlencode "toGroupId=$group")
  done
  curl --silent --show-error --fail-with-body --max-time 5 \
    --header "App-Key: $RONGCLOUD_APP_KEY" \
    --header "Nonce: $nonce" \
    --header "Timestamp: $timestamp" \
    --header "Signature: $signature" \
    --data-urlencode "fromUserId=2191" \
    --data-urlencode "objectName=$type" \
    --data-urlencode "content@$text" \
    "${groups[@]}" \
    "${RONGCLOUD_BASE_URL:-https://api.sg-light-api.com}/statusmessage/group/publish.json"
}

text=$(mktemp)
trap 'rm -f "$text"' EXIT
printf '%s' "$content" >"$text"
if [ "$1" = --build ]; then
  shift
  type=ci:build
  # A character that was cut in two is dropped.
  head -c "$most_bytes" | { iconv -c -f utf-8 -t utf-8 2>/dev/null || true; } >"$text"
fi

while [ "$#" -gt 0 ]; do
  publish "${@:1:most_groups}"
  shift "$(($# < most_groups ? $# : most_groups))"
done
