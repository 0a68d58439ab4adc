"""What the database refuses changes of purchases with, as the migration made it."""

from loyalty import guards

RETURNS = ("loyalty_return", "loyalty_returnedline")
TRIGGERS = (
    "only_cancelled BEFORE UPDATE ON loyalty_purchase"
    " FOR EACH ROW EXECUTE FUNCTION loyalty_keep_purchase()",
    "only_imported_deleted AFTER DELETE ON loyalty_purchase"
    " REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION loyalty_keep_bought()",
    "never_changed BEFORE UPDATE ON loyalty_purchaseline"
    " FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()",
    "only_with_purchase_deleted AFTER DELETE ON loyalty_purchaseline"
    " REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION loyalty_keep_lines()",
    *(
        f"append_only BEFORE DELETE OR UPDATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()"
        for table in RETURNS
    ),
    *(
        f"never_emptied BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()"
        for table in ("loyalty_purchase", "loyalty_purchaseline", *RETURNS)
    ),
)
FUNCTIONS = {
    "loyalty_refuse()": guards.FUNCTIONS["loyalty_refuse()"],
    "loyalty_keep_bought()": "3a8221ffd9f6318c045a31fdc121beccd6c50eddd6acd1dfa65a0e0044226ccc",
    "loyalty_keep_lines()": "d2b5e55caa0c4d87dc6761f7cf8ef04a916ec9f5619a8fd51932497581536278",
    "loyalty_keep_purchase()": "18288bb5a0aab099c9b5ff4c216b12349d9021cf3237f140660888925938ab40",
}
MISSING = guards.missing(TRIGGERS, FUNCTIONS)
