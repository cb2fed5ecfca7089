http --form POST https://api.sg-light-api.com/statusmessage/group/publish.json App-Key:uwd1c0sxdlx2 fromUserId=2191 toGroupId=2193
