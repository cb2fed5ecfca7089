# right
curl 'https://api.sg-light-api.com/statusmessage/group/publish.json' \
  -H 'App-Key: uwd1c0sxdlx2' \
  -H 'Nonce: 14325' \
  -H 'Timestamp: 1795392158000' \
  -H 'Signature: 8044459b3329d22d7945d6a008a70e0ef60952d0' \
  -d 'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%7D'

# wrong: four groups
for i in 1; do
  curl 'https://api.sg-light-api.com/statusmessage/group/publish.json' \
    -H 'App-Key: uwd1c0sxdlx2' \
    -H 'Nonce: 14326' \
    -H 'Timestamp: 1795392158000' \
    -H 'Signature: 369e3c93bf1ab586344e31ccac2328665f34cabd' \
    -d 'fromUserId=2191&toGroupId=1&toGroupId=2&toGroupId=3&toGroupId=4&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%7D'
done
cat body.txt | curl 'https://api.sg-light-api.com/statusmessage/group/publish.json' \
  -H 'App-Key: uwd1c0sxdlx2' \
  -H 'Nonce: 14327' \
  -H 'Timestamp: 1795392158000' \
  -H 'Signature: dc04ac59eab19838f66660cb3702e27367127f25' \
  --data-binary @-
wget --post-data x https://api.sg-light-api.com/statusmessage/group/publish.json
