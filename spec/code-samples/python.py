import hashlib, http.client, json, os, secrets, time
from urllib.parse import urlencode, urlsplit

nonce = secrets.token_hex(8)
timestamp = str(int(time.time() * 1000))
secret = os.environ["RONGCLOUD_APP_SECRET"]
signed = (secret + nonce + timestamp).encode()

# doseq repeats the name of a list for each item.
body = urlencode({
    "fromUserId": "2191",
    "toGroupId": ["2193", "2192"],
    "objectName": "RC:TypSts",
    "content": json.dumps({
        "typingContentType": "RC:TxtMsg",
    }),
}, doseq=True)

base = urlsplit(os.environ["RONGCLOUD_BASE_URL"])
connect = http.client.HTTPSConnection
if base.scheme == "http":  # the mock
    connect = http.client.HTTPConnection
connection = connect(base.netloc, timeout=5)
path = "/statusmessage/group/publish.json"
connection.request("POST", path, body, {
    "Content-Type": "application/x-www-form-urlencoded",
    "App-Key": os.environ["RONGCLOUD_APP_KEY"],
    "Nonce": nonce,
    "Timestamp": timestamp,
    "Signature": hashlib.sha1(signed).hexdigest(),
})
response = connection.getresponse()
print(response.read().decode())
