curl --silent --show-error --request POST 'http://127.0.0.1:8700/statusmessage/group/publish.json' \
  --header 'user-agent: rongcloud-status-message/0.0.0' \
  --header 'x-request-id: 854c24be-3a20-4d87-9821-1c608f50d15c' \
  --header 'content-type: application/x-www-form-urlencoded' \
  --header 'app-key: uwd1c0sxdlx2' \
  --header 'nonce: a383005fd2fb49a9bc' \
  --header 'timestamp: 1795907021233' \
  --header 'signature: c3442447848267905bb9611f05d98a01c5bbe995' \
  --data-raw 'fromUserId=2191&toGroupId=2193&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%7D'
