import json
import os
import signal
import unittest
from unittest.mock import patch
from urllib.request import Request, urlopen

from presence import TYPING, Refused, publish, typing

MOCK = os.environ["RONGCLOUD_BASE_URL"]


def post(path, **settings):
    """Sets what the mock answers next, or what it expects."""
    body = json.dumps(settings).encode()
    urlopen(Request(f"{MOCK}{path}", body, method="POST")).close()


def stop_waiting(*_):
    raise AssertionError("still waiting for a server that never answers")


class Faults(unittest.TestCase):
    def setUp(self):
        post("/__reset")

    def test_a_server_that_never_answers_is_given_up(self):
        post("/__respond", fault="hang")
        signal.signal(signal.SIGALRM, stop_waiting)
        signal.alarm(10)
        self.addCleanup(signal.alarm, 0)
        with patch("presence.TIMEOUT_SECONDS", 0.2), self.assertRaises(TimeoutError):
            typing("2191", ["2193"])

    def test_a_broken_connection_raises_and_nothing_is_sent_again(self):
        post("/__respond", fault="reset")
        with self.assertRaises(ConnectionError):
            typing("2191", ["2193"])

    def test_a_call_above_the_rate_limit_raises(self):
        post("/__respond", example="rateLimited")
        with self.assertRaisesRegex(Refused, "HTTP 429, code 1008"):
            typing("2191", ["2193"])

    def test_four_rooms_in_one_call_are_refused(self):
        post("/__expect", violation="maxItems", field="toGroupId")
        with self.assertRaisesRegex(Refused, "code 1002: .*toGroupId"):
            publish("2191", ["a", "b", "c", "d"], TYPING)
