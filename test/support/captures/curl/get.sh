curl -G https://api.sg-light-api.com/statusmessage/group/publish.json \
  -H 'App-Key: uwd1c0sxdlx2' \
  -H 'Nonce: 14321' \
  -H 'Timestamp: 1795392158000' \
  -H 'Signature: c6a6f7a3a861e8083941f8cb8b9c983c43266b27' \
  --data-urlencode 'fromUserId=2191'
