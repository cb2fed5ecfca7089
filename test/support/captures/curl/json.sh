curl https://api.sg-light-api.com/statusmessage/group/publish.json \
  -H 'App-Key: uwd1c0sxdlx2' \
  -H 'Nonce: 14320' \
  -H 'Timestamp: 1795392158000' \
  -H 'Signature: 54a1e35ef1670209f02e22113f321f542841d086' \
  --json '{"fromUserId":"2191","toGroupId":["2193"]}'
