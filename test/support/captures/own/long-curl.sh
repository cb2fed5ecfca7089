printf %s 'fromUserId=2191&toGroupId=2193&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22%E9%BE%8D%E9%BE%8D%E9%BE%8D%22%7D' | curl --silent --show-error --request POST 'http://127.0.0.1:8700/statusmessage/group/publish.json' \
  --header 'user-agent: rongcloud-status-message/0.0.0' \
  --header 'x-request-id: 8135e197-10e3-4293-b2a6-9a2650e81223' \
  --header 'content-type: application/x-www-form-urlencoded' \
  --header 'app-key: uwd1c0sxdlx2' \
  --header 'nonce: 6cdbb70c8563946085' \
  --header 'timestamp: 1795907021126' \
  --header 'signature: 2e10f14f405340b9fadc616be6f3480c07b3025a' \
  --data-binary @-
