wget --method POST --header 'App-Key: uwd1c0sxdlx2' --body-data 'fromUserId=2191' 'https://api.sg-light-api.com/statusmessage/group/publish.json'
