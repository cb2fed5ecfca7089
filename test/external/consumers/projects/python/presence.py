"""Tells rooms who is typing, and who is doing what in them."""

import hashlib
import http.client
import json
import os
import secrets
import time
from urllib.parse import urlencode, urlsplit

BASE_URL = urlsplit(os.environ.get("RONGCLOUD_BASE_URL", "https://api.sg-light-api.com"))
APP_KEY = os.environ["RONGCLOUD_APP_KEY"]
APP_SECRET = os.environ["RONGCLOUD_APP_SECRET"]

TYPING = {"objectName": "RC:TypSts", "content": json.dumps({"typingContentType": "RC:TxtMsg"})}
DOING = "presence:doing"
MOST_ROOMS = 3
MOST_BYTES = 131_072
TIMEOUT_SECONDS = 5


class Refused(Exception):
    """The API has refused the message; its code and its words tell why."""


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
    # Follows no redirect: the signed headers must not travel to another host.
    connect = http.client.HTTPSConnection if BASE_URL.scheme == "https" else http.client.HTTPConnection
    connection = connect(BASE_URL.netloc, timeout=TIMEOUT_SECONDS)
    try:
        body = urlencode(fields, doseq=True)
        connection.request("POST", "/statusmessage/group/publish.json", body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    finally:
        connection.close()
    # Errors come with HTTP 200 too.
    if response.status != 200 or answer.get("code") != 200:
        raise Refused(f"HTTP {response.status}, code {answer.get('code')}: {answer.get('errorMessage')}")


def publish_to_all(user, rooms, status):
    for i in range(0, len(rooms), MOST_ROOMS):
        publish(user, rooms[i : i + MOST_ROOMS], status)


def typing(user, rooms):
    publish_to_all(user, rooms, TYPING)


def tell(user, rooms, what):
    content = what.encode()[:MOST_BYTES].decode(errors="ignore")
    publish_to_all(user, rooms, {"objectName": DOING, "content": content})
