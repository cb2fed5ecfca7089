NONCE=$RANDOM
TIMESTAMP=$(date +%s%3N)
curl "$RONGCLOUD_BASE_URL/statusmessage/group/publish.json" \
  -H "App-Key: $RONGCLOUD_APP_KEY" -H "Nonce: $NONCE" -H "Timestamp: $TIMESTAMP" -H "Signature: $SIGNATURE" \
  -d 'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%7D'
