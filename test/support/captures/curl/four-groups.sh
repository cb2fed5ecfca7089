curl https://api.sg-light-api.com/statusmessage/group/publish.json \
  -H 'App-Key: uwd1c0sxdlx2' \
  -H 'Nonce: 14319' \
  -H 'Timestamp: 1795392158000' \
  -H 'Signature: d9df4584a28a6881f07c5dec4bb7bbe4e4dd504b' \
  -d 'fromUserId=2191&toGroupId=1&toGroupId=2&toGroupId=3&toGroupId=4&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%7D'
