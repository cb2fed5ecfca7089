import unittest

from presence import tell


class Presence(unittest.TestCase):
    def test_every_room_is_told(self):
        self.assertEqual(tell("ann", ["north", "south"], "reads"), ["north", "south"], "toGroupId")

    def test_any_number_of_rooms_is_told(self):
        self.assertEqual(len(tell("ann", ["a", "b", "c", "d", "e"], "reads")), 5)

    def test_a_text_that_is_too_long_is_cut(self):
        tell("ann", ["north"], "好" * 50_000)
