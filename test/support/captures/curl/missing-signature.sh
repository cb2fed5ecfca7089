curl https://api.sg-light-api.com/statusmessage/group/publish.json \
  -H 'App-Key: uwd1c0sxdlx2' \
  -d 'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%7D'
