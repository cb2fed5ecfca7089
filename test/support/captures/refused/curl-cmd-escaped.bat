curl ^"https://api.sg-light-api.com/statusmessage/group/publish.json^" ^
  -H ^"App-Key: uwd1c0sxdlx2^" ^
  --data-raw ^"fromUserId=2191^&toGroupId=2193^"
