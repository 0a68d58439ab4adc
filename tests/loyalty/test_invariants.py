"""The invariants hold of whatever the program does, and each is broken by what it is about (P8)."""

from decimal import Decimal

import pytest
from django.db import connection

from customers.verification import MOST_EVIDENCE, Finding, stated, verify
from loyalty.expiry import expire_due
from loyalty.ledger import credit, debit
from tests.factories import DAY, NOON
from tests.loyalty.ledgers import adjusted, customers_with, group_of, posted, undone
from tests.loyalty.points import earned, given_back, spent, taken_back

pytestmark = pytest.mark.django_db

LEDGER = [each for each in stated() if each.name.startswith(("loyalty.ledger-", "loyalty.batch-"))]


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def broken() -> dict[str, Finding]:
    findings = verify(LEDGER, at=NOON)
    return {each.invariant.name: each for each in findings if not each.holds}


@pytest.fixture
def ledger() -> None:
    """Something of everything."""
    people = customers_with(10, 20, 0)
    group = group_of(*people)
    credit(customer_id=people[0].pk, amount=Decimal(3), at=NOON - DAY, expires_at=NOON)
    expire_due(NOON)
    undone(posted(group, -15))
    undone(posted(group, 7, "absolute"))
    posted(group, 1)
    debit(customer_id=people[1].pk, amount=Decimal(4), at=NOON)
    adjusted(people[2], 0, "absolute")
    (buyer,) = customers_with(10)
    credit(customer_id=buyer.pk, amount=Decimal(5), at=NOON)
    spent(buyer, 1, 4)
    given_back(buyer, 1, 3)
    earned(buyer, 1, 2, opens_at=NOON + DAY)
    taken_back(buyer, 1, 1)
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # or what waits for its check can't be altered


def test_they_hold_of_what_the_program_does_P8_D17(ledger):
    assert len(LEDGER) == 15
    assert broken() == {}


GUARDS = [
    ("loyalty_batch", "asked_is_final"),
    ("loyalty_batch", "never_deleted"),
    ("loyalty_batch", "never_emptied"),
    ("loyalty_entry", "append_only"),
    ("loyalty_entry", "never_emptied"),
    ("loyalty_lot", "never_emptied"),
    ("loyalty_lot", "only_remaining_changes"),
    ("loyalty_lotuse", "append_only"),
    ("loyalty_lotuse", "never_emptied"),
]


def without_triggers(sql: str) -> None:
    """As somebody with all rights would do it."""
    for table, name in GUARDS:
        execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    execute(sql)
    for table, name in GUARDS:
        execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


NEW = "INSERT INTO loyalty_entry (customer_id, purpose, amount, at, batch_id)"


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        (f"{NEW} VALUES (99, 'issued', 5, now(), NULL)", "balance programme credits"),
        (f"{NEW} VALUES (99, 'redeemed', -5, now(), NULL)",
         "balance programme debits not-negative"),
        ("UPDATE loyalty_lot SET remaining = remaining - 0.01 WHERE remaining > 1",
         "balance programme lots"),
        ("UPDATE loyalty_lotuse SET amount = amount + 0.01 WHERE amount > 0", "lots debits"),
        ("DELETE FROM loyalty_lotuse WHERE amount < 0", "lots credits"),
        ("UPDATE loyalty_lot SET customer_id = 99, remaining = 0 WHERE remaining = 0"
         " AND entry_id = (SELECT min(entry_id) FROM loyalty_lot WHERE remaining = 0)",
         "lots credits lot-owners"),
        ("UPDATE loyalty_lot SET expires_at = '2020-01-01' WHERE opens_at IS NULL;"
         "UPDATE loyalty_entry SET at = '2020-01-01'", "expiry"),
        ("UPDATE loyalty_lot SET opens_at = '2090-01-01' WHERE expires_at IS NULL", "pending"),
        ("UPDATE loyalty_entry SET purchase_id = 2 WHERE purpose = 'issued'", "pending returns"),
        ("UPDATE loyalty_entry SET purchase_id = 2 WHERE purpose = 'redeemed'",
         "returns given-back"),
        ("UPDATE loyalty_entry SET purchase_id = NULL WHERE purpose = 'returned' AND amount > 0",
         "purposes"),
        ("UPDATE loyalty_lotuse AS u SET lot_id = (SELECT entry_id FROM loyalty_lot AS l"
         " WHERE l.customer_id = u.customer_id AND amount = 5)"
         " WHERE entry_id IN (SELECT id FROM loyalty_entry WHERE purpose = 'returned'"
         " AND amount = 3)", "lots given-back"),
        ("ALTER TABLE loyalty_entry DROP CONSTRAINT entry_sign_fits_purpose;"
         f"{NEW} VALUES (99, 'returned', 0, now(), NULL)", "purposes"),
        ("ALTER TABLE loyalty_entry DROP CONSTRAINT entry_sign_fits_purpose;"
         "UPDATE loyalty_entry SET purpose = 'expired' WHERE amount > 0", "purposes returns"),
        ("UPDATE loyalty_batch SET total = total + 1", "batch-figures"),
        ("UPDATE loyalty_batch SET posted_at = NULL", "batch-figures"),
        (f"{NEW} VALUES (99, 'adjusted', 0, now(), 2000000000)", "batch-figures"),
        (f"{NEW} SELECT customer_id, 'adjusted', 0, now(), max(batch_id) FROM loyalty_entry"
         " WHERE batch_id IS NOT NULL GROUP BY customer_id", "batch-figures batch-one-entry"),
    ],
)  # fmt: skip
def test_what_breaks_one_is_found_P8(ledger, sql, names):
    without_triggers(sql)
    assert set(broken()) == {
        f"loyalty.{name}" if name.startswith("batch-") else f"loyalty.ledger-{name}"
        for name in names.split()
    }


def test_the_evidence_is_some_rows_and_how_many_there_are_P8(ledger):
    without_triggers(f"{NEW} SELECT n, 'issued', 5, now(), NULL FROM generate_series(9001, 9025) n")
    finding = broken()["loyalty.ledger-balance"]
    assert (finding.broken, len(finding.evidence)) == (25, MOST_EVIDENCE)
    assert finding.columns == ["customer_id", "entries", "lots"]
    assert {row[1:] for row in finding.evidence} == {(5, 0)}


def unguarded() -> list[str]:
    found = broken()
    assert set(found) <= {"loyalty.ledger-append-only"}
    return [missing for each in found.values() for (missing,) in each.evidence]


@pytest.mark.parametrize("how", ["DISABLE", "ENABLE", "ENABLE REPLICA"])
@pytest.mark.parametrize(("table", "name"), GUARDS)
def test_a_guard_that_is_off_or_passes_a_replica_s_session_is_named_P8(table, name, how):
    execute(f"ALTER TABLE {table} {how} TRIGGER {name}")
    (missing,) = unguarded()
    assert missing.startswith(f"TRIGGER {name} BEFORE ")
    assert f" ON {table} FOR EACH " in missing


@pytest.mark.parametrize(
    "instead",
    [
        "BEFORE DELETE ON loyalty_entry FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()",
        "BEFORE UPDATE OR DELETE ON loyalty_lot FOR EACH STATEMENT"
        " EXECUTE FUNCTION loyalty_refuse()",
        "BEFORE UPDATE OR DELETE ON loyalty_entry FOR EACH STATEMENT WHEN (false)"
        " EXECUTE FUNCTION loyalty_refuse()",
        "BEFORE UPDATE OR DELETE ON loyalty_entry FOR EACH STATEMENT"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
)
def test_another_trigger_of_the_name_is_no_guard_P8(instead):
    execute(f"DROP TRIGGER append_only ON loyalty_entry; CREATE TRIGGER append_only {instead}")
    table = "loyalty_lot" if "_lot " in instead else "loyalty_entry"
    execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only")
    assert unguarded() == [
        "TRIGGER append_only BEFORE DELETE OR UPDATE ON loyalty_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION loyalty_refuse()"
    ]


@pytest.mark.parametrize("name", ["loyalty_refuse", "loyalty_keep_batch"])
def test_a_function_that_refuses_nothing_any_more_is_named_P8(name):
    execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$"
    )
    assert unguarded() == [f"FUNCTION {name}()"]
