import json
import os
import unittest
from urllib.request import Request, urlopen

from presence import tell

MOCK = os.environ["RONGCLOUD_BASE_URL"]


def calls():
    """What the mock was sent since the reset, decoded."""
    with urlopen(f"{MOCK}/__calls") as answer:
        return json.load(answer)


class Presence(unittest.TestCase):
    def setUp(self):
        urlopen(Request(f"{MOCK}/__reset", method="POST")).close()

    def test_every_room_is_told(self):
        tell("ann", ["north", "south"], "reads")
        [call] = calls()
        self.assertEqual(call["body"]["toGroupId"], ["north", "south"], "toGroupId")
        self.assertEqual(call["body"]["content"], "reads")

    def test_any_number_of_rooms_is_told(self):
        tell("ann", ["a", "b", "c", "d", "room 7"], "reads")
        self.assertEqual([call["body"]["toGroupId"] for call in calls()], [["a", "b", "c"], ["d", "room 7"]])

    def test_a_text_that_is_too_long_is_cut(self):
        tell("ann", ["north"], "好" * 50_000)
