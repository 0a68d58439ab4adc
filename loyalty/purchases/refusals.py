class Refusal(Exception):  # noqa: N818 an answer rather than a fault
    """What can't be done, and nothing was. `code` is for programs, `detail` says what to do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code, self.detail = code, str(detail)
