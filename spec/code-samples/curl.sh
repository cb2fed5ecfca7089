nonce=$(openssl rand -hex 8)
timestamp=$(date +%s)000
signature=$(
  printf %s "$RONGCLOUD_APP_SECRET$nonce$timestamp" \
    | openssl dgst -sha1 -r | cut -d ' ' -f 1
)

content='{"typingContentType":"RC:TxtMsg"}'
path=/statusmessage/group/publish.json
curl "$RONGCLOUD_BASE_URL$path" \
  --max-time 5 \
  -H "App-Key: $RONGCLOUD_APP_KEY" \
  -H "Nonce: $nonce" \
  -H "Timestamp: $timestamp" \
  -H "Signature: $signature" \
  --data-urlencode 'fromUserId=2191' \
  --data-urlencode 'toGroupId=2193' \
  --data-urlencode 'toGroupId=2192' \
  --data-urlencode 'objectName=RC:TypSts' \
  --data-urlencode "content=$content"
