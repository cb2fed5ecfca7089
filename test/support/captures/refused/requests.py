import requests
requests.post("https://api.sg-light-api.com/statusmessage/group/publish.json", headers={"App-Key": "uwd1c0sxdlx2"}, data={"fromUserId": "2191"})
