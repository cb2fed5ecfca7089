curl https://api.sg-light-api.com/statusmessage/group/publish.json \
  -H 'App-Key: uwd1c0sxdlx2' \
  -H 'Nonce: 14328' \
  -H 'Timestamp: 1795392158000' \
  -H 'Signature: 3281a2fbccafa7822dbcbcbe10920ba0be2f9d5b' \
  -F fromUserId=2191 -F toGroupId=2193
