#!/bin/bash
# Sends one message.
set -e
curl -sS -XPOST "https://api.sg-light-api.com/statusmessage/group/publish.json" -H "App-Key: uwd1c0sxdlx2" -H "Nonce: 14318" -H "Timestamp: 1795392158000" -H "Signature: 9e6bb9e7b106cd743fe23fbeef37e6300fc0f76b" \
  -d "fromUserId=2191&toGroupId=2193&objectName=RC:TxtMsg" \
  -d "content={\"content\":\"hello\"}" | jq . > answer.json 2>&1 && echo done
