class UnreadableFile(Exception):  # noqa: N818 - a verdict on the file, not a fault of ours
    """The file as a whole is refused. The message is one translated sentence or two for a person.

    May also be raised after batches were handed out, so the caller must be able to drop them.
    """

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line
