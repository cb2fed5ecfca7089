import json
import os
import unittest
from urllib.request import Request, urlopen

from presence import tell, typing

MOCK = os.environ["RONGCLOUD_BASE_URL"]


def calls():
    """What the mock was sent since the reset, decoded."""
    with urlopen(f"{MOCK}/__calls") as answer:
        return json.load(answer)


class Presence(unittest.TestCase):
    def setUp(self):
        urlopen(Request(f"{MOCK}/__reset", method="POST")).close()

    def test_typing_is_shown_in_both_rooms(self):
        typing("2191", ["2193", "2192"])
        [body] = [call["body"] for call in calls()]
        self.assertEqual(body["toGroupId"], ["2193", "2192"], "toGroupId")
        self.assertEqual(body["objectName"], "RC:TypSts")

    def test_any_number_of_rooms_is_reached(self):
        tell("ann", ["a", "b", "c", "d", "room 7"], "reads")
        self.assertEqual([call["body"]["toGroupId"] for call in calls()], [["a", "b", "c"], ["d", "room 7"]])

    def test_a_text_that_is_too_long_is_cut(self):
        tell("ann", ["north"], "好" * 50_000)
