import hashlib, json, os, secrets, time
from urllib.parse import urlencode
from urllib.request import Request, urlopen

nonce = secrets.token_hex(8)
timestamp = str(int(time.time() * 1000))
secret = os.environ["APP_SECRET"]
signed = (secret + nonce + timestamp).encode()

body = urlencode({
    "fromUserId": "2191",
    "toGroupId": ["2193", "2192"],
    "objectName": "RC:TxtMsg",
    "content": json.dumps({"content": "hello"}),
}, doseq=True)

url = os.environ["BASE_URL"]
url += "/statusmessage/group/publish.json"
request = Request(url, body.encode(), {
    "App-Key": os.environ["APP_KEY"],
    "Nonce": nonce,
    "Timestamp": timestamp,
    "Signature": hashlib.sha1(signed).hexdigest(),
})
print(urlopen(request).read().decode())
