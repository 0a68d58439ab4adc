"""What the database refuses changes of the ledger with, as the first two migrations made it."""

from collections.abc import Iterable, Mapping

TRIGGERS = (
    "append_only BEFORE DELETE OR UPDATE ON loyalty_entry"
    " FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()",
    "append_only BEFORE DELETE OR UPDATE ON loyalty_lotuse"
    " FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()",
    "only_remaining_changes"
    " BEFORE DELETE OR UPDATE OF customer_id, entry_id, amount, expires_at, opens_at"
    " ON loyalty_lot FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()",
    "never_deleted BEFORE DELETE ON loyalty_batch"
    " FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()",
    "asked_is_final BEFORE UPDATE ON loyalty_batch"
    " FOR EACH ROW EXECUTE FUNCTION loyalty_keep_batch()",
    *(
        f"never_emptied BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()"
        for table in ("loyalty_entry", "loyalty_lotuse", "loyalty_lot", "loyalty_batch")
    ),
)

# SHA-256 of their sources.
FUNCTIONS = {
    "loyalty_refuse()": "d8073d1b0a80007bab76455cf707fb61ed7acd274c414519d3d65030f72f31ac",
    "loyalty_keep_batch()": "5619b91254a0bb038f0b296f01efbcd3e569d1f17859f715f8a0b1cda921e6eb",
}


def _values(rows: list[str]) -> str:
    return ", ".join(f"({row})" for row in rows)


def missing(triggers: Iterable[str], functions: Mapping[str, str]) -> str:
    """SQL of those that are not there as they should be.

    Enabled ALWAYS, since others don't fire in a session that plays a replica.
    """
    return f"""
    SELECT 'TRIGGER ' || wanted.definition AS missing
    FROM (VALUES {_values([f"'{each}'" for each in triggers])}) AS wanted (definition)
    WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgenabled = 'A'
        AND pg_get_triggerdef(oid, true) = 'CREATE TRIGGER ' || wanted.definition)
    UNION ALL
    SELECT 'FUNCTION ' || wanted.name
    FROM (VALUES {_values([f"'{name}', '{source}'" for name, source in functions.items()])})
        AS wanted (name, source)
    WHERE NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure(wanted.name)
        AND encode(sha256(convert_to(prosrc, 'UTF8')), 'hex') = wanted.source)
    """


MISSING = missing(TRIGGERS, FUNCTIONS)
