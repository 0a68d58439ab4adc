"""The import of categories: a tree from lines in any order, and never anything but a tree."""

from contextlib import suppress

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st

from imports import exports, worker
from imports.models import Job, State
from promotions.catalogue import tree
from promotions.models import Category
from tests.factories import make_offer
from tests.imports.runs import applied, checked, confirmed, counts, imported, rejects, undone
from tests.promotions.factories import make_category, make_product
from tests.races import at_once, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)
SLUG = "categories"


def data(*lines: str, header: str = "ID,Name,Parent") -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def run(*lines: str, header: str = "ID,Name,Parent") -> Job:
    return imported(SLUG, data(*lines, header=header))


def stored() -> dict[str, tuple[str, str | None]]:
    rows = Category.objects.values_list("external_id", "name", "parent__external_id")
    return {key: (name, parent) for key, name, parent in rows}


def test_a_parent_may_come_later_in_the_file():
    job = run("CAKES,Cakes,SWEETS", "SWEETS, Sweets ,FOOD", "FOOD,Food,")
    assert counts(job) == {"created": 3}
    assert stored() == {
        "FOOD": ("Food", None),
        "SWEETS": ("Sweets", "FOOD"),
        "CAKES": ("Cakes", "SWEETS"),
    }


def test_renames_and_moves_are_updates_and_undo_restores_them():
    run("FOOD,Food,", "TOYS,Toys,", "CAKES,Cakes,FOOD")
    before = stored()
    job = run("CAKES,Fine cakes,TOYS", "TOYS,Toys,", "GAMES,Games,TOYS")
    assert counts(job) == {"created": 1, "updated": 1, "unchanged": 1}
    assert stored()["CAKES"] == ("Fine cakes", "TOYS")
    undone(job)
    assert stored() == before


def test_two_categories_can_change_places():
    run("A,A,", "B,B,A", "C,C,B")
    assert counts(run("B,B,", "A,A,C", "C,C,B")) == {"updated": 2, "unchanged": 1}
    assert stored() == {"B": ("B", None), "C": ("C", "B"), "A": ("A", "C")}


def test_an_empty_parent_is_the_top_and_a_missing_column_leaves_the_tree():
    run("FOOD,Food,", "CAKES,Cakes,FOOD")
    assert counts(run("CAKES,Fine cakes", "NEW,New", header="ID,Name")) == {
        "created": 1,
        "updated": 1,
    }
    assert stored()["CAKES"] == ("Fine cakes", "FOOD")
    assert counts(run("CAKES,,")) == {"updated": 1}
    assert stored()["CAKES"] == ("Fine cakes", None)


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        (["A,A,A"], [("cycle", 1, 2)]),
        (["A,A,B", "B,B,A"], [("cycle", 2, 2)]),
        (["A,A,B", "B,B,A", "C,C,A", "D,D,"], [("cycle", 3, 2)]),
        (["FOOD,Food,CAKES"], [("cycle", 1, 2)]),
        (["FOOD,Food,N", "N,New,CAKES"], [("cycle", 2, 2)]),
        # What a refused line leaves in its place is no cycle with the lines that are taken.
        (["TOYS,Toys,GAMES", "FOOD,Food,CAKES"], [("cycle", 2, 2)]),
        (["A,A,nowhere", "B,B,A", "FOOD,Eat,"], [("unknown_parent", 2, 2)]),
        (["CAKES,Cakes,nowhere", "B,B,CAKES"], [("unknown_parent", 1, 2)]),
        (["A,,FOOD", "B,B,A"], [("no_name", 1, 2), ("unknown_parent", 1, 3)]),
        ([",A,"], [("id", 1, 2)]),
        (["x" * 65 + ",A,"], [("id", 1, 2)]),
        (["A," + "x" * 201 + ","], [("name", 1, 2)]),
        (["A,A,", "A,A,", "A,Other,"], [("repeated", 1, 4)]),
    ],
)
def test_what_would_be_no_tree_is_refused_by_line(lines, refused):
    run("FOOD,Food,", "CAKES,Cakes,FOOD", "TOYS,Toys,", "GAMES,Games,TOYS")
    dry = checked(SLUG, data(*lines))
    job = run(*lines)
    assert rejects(job) == rejects(dry) == refused
    assert counts(job) == counts(dry)
    assert job.total == len(lines)
    assert_is_a_tree()


def chain(number: int) -> list[str]:
    return [f"C{n},Category {n},{f'C{n - 1}' if n > 1 else ''}" for n in range(1, number + 1)]


def test_a_file_whose_parents_are_the_lines_above_is_refused_as_a_whole():
    job = run(*chain(1_000))
    assert (job.state, job.message) == (
        State.REFUSED,
        "The tree would have more than 20 levels. See whether Parent names the category above, and"
        " not just the one in the line above. Line 22 is too far down.",
    )
    assert stored() == {}
    assert counts(run(*chain(tree.MOST_LEVELS))) == {"created": tree.MOST_LEVELS}


def test_what_is_below_counts_when_a_branch_is_moved():
    run("TOP,Top,", *chain(tree.MOST_LEVELS))
    job = run("C1,Category 1,TOP")
    assert job.state == State.REFUSED
    assert stored()["C1"] == ("Category 1", None)


def assert_is_a_tree() -> None:
    tops = Category.objects.filter(parent=None).values_list("pk", flat=True)
    assert len(tree.descendants(tops)) == Category.objects.count()


names = st.sampled_from("ABCDEF")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.tuples(names, names | st.just("")), min_size=1), max_size=3))
def test_whatever_the_files_say_it_stays_a_tree(files):
    """Each file's report adds up, a taken line is as it says, and undoing all leaves nothing."""
    done = []
    for file in files:
        job = run(*(f"{key},{key},{parent}" for key, parent in file))
        done.append(job)
        assert job.total == len(file)
        assert_is_a_tree()
        assert (
            counts(checked(SLUG, data(*(f"{k},{k},{p}" for k, p in file)))).get("created") is None
        )
    for job in reversed(done):
        if job.can_be_undone:
            undone(job)
        assert_is_a_tree()
    assert not Category.objects.exists()


def test_an_undo_keeps_what_is_in_use_or_changed_since():
    run("FOOD,Food,")
    job = run("A,A,FOOD", "B,B,A", "C,C,A", "D,D,", "FOOD,Eat,")
    make_product(category=Category.objects.get(external_id="B"))
    Category.objects.filter(external_id="FOOD").update(name="Groceries")
    undone(job)
    assert stored() == {"FOOD": ("Groceries", None), "A": ("A", "FOOD"), "B": ("B", "A")}
    assert job.notes == ["3 stay as they are: changed or in use since the import."]


def test_t29_an_undo_keeps_what_a_private_offer_opens_and_what_is_above_it():
    job = run("A,A,", "B,B,A", "C,C,A")
    opened = Category.objects.get(external_id="B").pk
    make_offer(link_type="category", object_id=str(opened))
    make_offer(link_type="product", object_id=str(Category.objects.get(external_id="C").pk))
    undone(job)
    assert stored() == {"A": ("A", None), "B": ("B", "A")}
    assert job.notes == ["2 stay as they are: changed or in use since the import."]


def test_an_undo_moves_nothing_below_itself():
    run("A,A,", "B,B,", "C,C,B")
    job = run("C,C,")
    Category.objects.filter(external_id="B").update(parent=Category.objects.get(external_id="C"))
    undone(job)
    assert stored() == {"A": ("A", None), "B": ("B", "C"), "C": ("C", None)}


def test_an_export_can_be_imported_again():
    run("FOOD,Food,", "CAKES,Cakes,FOOD", "SUM,=1+1,")
    record = exports.begin(type=SLUG, format="csv", user=None)
    file = b"".join(exports.chunks(record))
    assert file == b"ID,Name,Parent\r\nFOOD,Food,\r\nCAKES,Cakes,FOOD\r\nSUM,'=1+1,\r\n"
    assert counts(imported(SLUG, file)) == {"unchanged": 3}


def two_files_at_once() -> list[State]:
    for key in "AB":
        make_category(external_id=key)
    one, two = (confirmed(SLUG, data(line)) for line in ("A,A,B", "B,B,A"))

    def deed(job: Job) -> None:
        with suppress(IntegrityError):
            worker.apply(job.pk)

    stopped_at(HELD, lambda: deed(one), lambda: deed(two))
    return sorted(State(state) for state in Job.objects.values_list("state", flat=True))


HELD = "LOCK TABLE promotions_category IN SHARE MODE"


def test_a_cycle_cannot_arise_from_two_files_at_once():
    assert two_files_at_once() == [State.DONE, State.DONE]
    assert sorted(Job.objects.values_list("updated", "rejected")) == [(0, 1), (1, 0)]
    assert_is_a_tree()


def test_without_the_lock_the_second_file_would_fail_as_a_whole(monkeypatch):
    """The control: only the database's own refusal of cycles is left."""
    monkeypatch.setattr(tree, "hold", lambda: None)
    assert two_files_at_once() == [State.DONE, State.FAILED]
    assert_is_a_tree()


def test_the_same_file_twice_at_once_makes_each_category_once():
    jobs_ = [confirmed(SLUG, data("A,A,B", "B,B,", "C,C,A")) for _ in range(2)]
    at_once(*(lambda job=job: applied(job) for job in jobs_))
    assert [tuple(counts(job).items()) for job in Job.objects.order_by("created")] == [
        (("unchanged", 3),),
        (("created", 3),),
    ]
    assert Category.objects.count() == 3
