"""Why a match or a lobby says no."""


class Refusal(Exception):
    """A no that leaves everything as it was: a stable code, and a sentence that a player can read."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    def anew(self) -> "Refusal":
        """The same, without the frames that one which was raised holds on to: to be kept, or to be raised once more."""
        return Refusal(self.code, self.sentence)
