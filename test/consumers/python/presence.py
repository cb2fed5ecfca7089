"""Tells rooms who is doing what in them."""

import hashlib
import json
import os
import secrets
import time
import urllib.parse
import urllib.request

BASE_URL = os.environ.get("RONGCLOUD_BASE_URL", "https://api.sg-light-api.com")
APP_KEY = os.environ["RONGCLOUD_APP_KEY"]
APP_SECRET = os.environ["RONGCLOUD_APP_SECRET"]

TYPE = "presence:doing"
MOST_ROOMS = 3
MOST_BYTES = 131_072


def publish(user, rooms, content):
    nonce = secrets.token_hex(8)
    timestamp = str(int(time.time() * 1000))
    signature = hashlib.sha1((APP_SECRET + nonce + timestamp).encode())
    fields = {"fromUserId": user, "toGroupId": rooms, "objectName": TYPE, "content": content}
    request = urllib.request.Request(
        BASE_URL + "/statusmessage/group/publish.json",
        data=urllib.parse.urlencode(fields, doseq=True).encode(),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "App-Key": APP_KEY,
            "Nonce": nonce,
            "Timestamp": timestamp,
            "Signature": signature.hexdigest(),
        },
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        answer = json.load(response)
    if answer["code"] != 200:
        raise RuntimeError(f"refused: {answer['code']}")
    return [one["groupId"] for one in answer["messageUIDs"]]


def tell(user, rooms, what):
    """Tells any number of rooms; gives those that were reached."""
    content = what.encode()[:MOST_BYTES].decode(errors="ignore")
    reached = []
    for i in range(0, len(rooms), MOST_ROOMS):
        reached += publish(user, rooms[i : i + MOST_ROOMS], content)
    return reached
