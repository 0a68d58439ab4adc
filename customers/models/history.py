import pghistory


def changes() -> tuple[pghistory.Tracker, ...]:
    """What the history of a model consists of; made anew each time, since trackers keep state."""
    return (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
