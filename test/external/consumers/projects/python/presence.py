"""Shows rooms who is typing, and who is doing what in them."""

import hashlib
import http.client
import json
import os
import secrets
import time
from urllib.parse import urlencode, urlsplit

API = "https://api.sg-light-api.com"
BASE_URL = urlsplit(os.environ.get("RONGCLOUD_BASE_URL", API))
APP_KEY = os.environ["RONGCLOUD_APP_KEY"]
APP_SECRET = os.environ["RONGCLOUD_APP_SECRET"]

TYPING = {
    "objectName": "RC:TypSts",
    "content": json.dumps({"typingContentType": "RC:TxtMsg"}),
}
DOING = "presence:doing"
PATH = "/statusmessage/group/publish.json"
MOST_ROOMS = 3
MOST_BYTES = 131_072
TIMEOUT_SECONDS = 5


class Refused(Exception):
    """The API has refused the message, and says why."""


def publish(user, rooms, status):
    """Sends one call: up to three rooms."""
    nonce = secrets.token_hex(8)
    timestamp = str(int(time.time() * 1000))
    signature = hashlib.sha1((APP_SECRET + nonce + timestamp).encode())
    fields = {"fromUserId": user, "toGroupId": rooms, **status}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "App-Key": APP_KEY,
        "Nonce": nonce,
        "Timestamp": timestamp,
        "Signature": signature.hexdigest(),
    }
    # Follows no redirect: the signed headers must stay with this host.
    connect = http.client.HTTPConnection
    if BASE_URL.scheme == "https":
        connect = http.client.HTTPSConnection
    connection = connect(BASE_URL.netloc, timeout=TIMEOUT_SECONDS)
    try:
        body = urlencode(fields, doseq=True)
        connection.request("POST", PATH, body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    finally:
        connection.close()
    # Errors come with HTTP 200 too.
    code = answer.get("code")
    if response.status != 200 or code != 200:
        text = answer.get("errorMessage")
        raise Refused(f"HTTP {response.status}, code {code}: {text}")


def publish_to_all(user, rooms, status):
    for i in range(0, len(rooms), MOST_ROOMS):
        publish(user, rooms[i : i + MOST_ROOMS], status)


def typing(user, rooms):
    publish_to_all(user, rooms, TYPING)


def tell(user, rooms, what):
    content = what.encode()[:MOST_BYTES].decode(errors="ignore")
    publish_to_all(user, rooms, {"objectName": DOING, "content": content})
