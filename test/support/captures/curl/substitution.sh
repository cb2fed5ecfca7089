curl https://api.sg-light-api.com/statusmessage/group/publish.json \
  -H 'App-Key: uwd1c0sxdlx2' \
  -H 'Nonce: 14322' \
  -H 'Timestamp: 1795392158000' \
  -H 'Signature: 004e23e3631c305e4fcd88d2358d3561cdc5a314' \
  -H "X-Request-ID: $(uuidgen)" -d 'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%7D'
