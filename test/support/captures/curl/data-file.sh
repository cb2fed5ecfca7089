curl https://api.sg-light-api.com/statusmessage/group/publish.json \
  -H 'App-Key: uwd1c0sxdlx2' \
  -H 'Nonce: 14323' \
  -H 'Timestamp: 1795392158000' \
  -H 'Signature: e07dfa9e7dfa33515892fb8deb2a065bd98f0326' \
  -d @body.txt
