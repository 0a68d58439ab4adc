import pgtrigger


def keeps_count(owner: str, owner_id: str) -> list[pgtrigger.Trigger]:
    """Triggers of a table of members that keep `members_count` of the table `owner` right.

    The database counts, so that no way in or out is forgotten, not even an erased customer.
    Owners are locked in the order of their ids, as everybody does who changes several.
    """

    def trigger(name: str, operation: pgtrigger.Operation, sign: str) -> pgtrigger.Trigger:
        table = {"new": "changed"} if operation == pgtrigger.Insert else {"old": "changed"}
        return pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**table),
            func=f"""
            PERFORM FROM {owner}
            WHERE id IN (SELECT {owner_id} FROM changed) ORDER BY id FOR NO KEY UPDATE;
            UPDATE {owner} AS counted
            SET members_count = members_count {sign} number
            FROM (SELECT {owner_id}, count(*) AS number FROM changed GROUP BY {owner_id}) AS change
            WHERE counted.id = change.{owner_id};
            RETURN NULL;
        """,
        )

    return [
        trigger("members_come", pgtrigger.Insert, "+"),
        trigger("members_go", pgtrigger.Delete, "-"),
    ]
