class Refused(Exception):  # noqa: N818 like UnreadableFile: a verdict on a file, not a fault
    """The job as a whole is refused and changes nothing. The message is for a person."""
