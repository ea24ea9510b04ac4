"""A request that cannot be made as it stands, told to whoever asked."""


class Refused(ValueError):
    """`key` names the sentence that says why, `values` fill it, `instead` is a prompt that would pass."""

    def __init__(self, key: str, *, instead: str | None = None, **values: object) -> None:
        super().__init__(key)
        self.key, self.values, self.instead = key, values, instead

    def told(self) -> dict:
        """What the page is told."""
        return {"refused": {"key": self.key, "values": self.values, "instead": self.instead}}
