"""A group's cashback as a job: whole or not at all, with progress, and undone by entries."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customers.addresses import hold_prospects
from customers.membership import members_of
from customers.references import declare
from imports.errors import Refused
from imports.models import Job, State
from imports.registry import register
from imports.resources import BulkChange, Text
from imports.runs import Run
from loyalty import reversal
from loyalty.batches import Figures, only_credits, purpose_of, settle, shortfall
from loyalty.members import ids_sql
from loyalty.models import Batch
from loyalty.plans import CHANGES, flat_plan_sql, plan_sql
from loyalty.posting import hold_accounts, open_lots, use_lots, write_entries
from offers.altshops import shop_zone

# An import of customers that is undone leaves those whom the ledger speaks of.
declare("loyalty_entry", "customer_id")


@register
class GroupCashback(BulkChange):
    slug = "group-cashback"
    title = gettext_lazy("Cashback of a customer group")
    permission = "loyalty.add_batch"
    option_names = ("batch",)
    headlines: ClassVar[dict[State, Text]] = {
        State.APPLYING: gettext_lazy("The cashback is being posted"),
        State.DONE: gettext_lazy("Posted"),
        State.UNDOING: gettext_lazy("The cashback is being taken back"),
        State.UNDONE: gettext_lazy("Undone by entries of its own"),
    }
    undo_text = gettext_lazy(
        "What was credited is taken back as far as it is left. What was taken is given back with"
        " its first expiry date, unless that has passed or the credit that it came from was"
        " itself undone. The entries stay in the history, with others that undo them."
    )

    def clean_options(self, options: dict[str, Any]) -> dict[str, Any]:
        waiting = Batch.objects.filter(
            pk=options.get("batch", 0), posted_at=None, group__isnull=False
        )
        if not waiting.exists():
            raise ValidationError(_("This batch does not wait to be posted."))
        return {"batch": options["batch"]}

    def describe(self, options: dict[str, Any]) -> Text:
        return self.describe_all([options])[0]

    def describe_all(self, options: Sequence[dict[str, Any]]) -> list[Text]:
        """The groups' titles. One query for all."""
        ids = [each.get("batch", 0) for each in options]
        titles = dict(Batch.objects.filter(pk__in=ids).values_list("pk", "group__title"))
        return [titles.get(number, "") for number in ids]

    def apply(self, run: Run) -> None:
        # Whoever takes back an import of customers, or erases one, waits until the entries that
        # keep them are there.
        hold_prospects(run)
        batch = Batch.objects.select_for_update(of=["self"]).get(pk=run.options["batch"])
        if batch.posted_at is not None:
            raise Refused(_("This batch was posted before."))
        # The worker is the entrance here, as a view is elsewhere. An audience's "today" is the
        # shop's, as in the preview.
        at = timezone.localtime(timezone=shop_zone())
        if batch.expires_at and batch.expires_at <= at:
            raise Refused(_("What it credits would have expired by now. Save it anew."))
        plan = _plan(run, batch, at)
        _post(run, plan, batch, at)
        settle(batch, _figures(run, batch), at=at)
        run.remember("posted", "SELECT %(batch)s, NULL::int[]", batch=batch.pk)
        _report(run.job, batch)

    def undo(self, run: Run) -> None:
        run.tell(_("Taking back"), 0.1)
        batch = Batch.objects.get(pk=run.options["batch"])
        undone = reversal.undo(batch=batch, user=run.job.undone_by, at=timezone.now())
        if undone.shortfall:
            run.job.notes = [
                *run.job.notes,
                _(
                    "%s could not be undone: it was spent, has expired, or its credit was undone"
                    " before."
                )
                % undone.shortfall,
            ]


def _plan(run: Run, batch: Batch, at: dt.datetime) -> str:
    """The name of a table with an entry for every member, in the order of their ids."""
    assert batch.group is not None  # noqa: S101 a job's batch is for a group
    run.tell(_("Gathering the members"), 0.0)
    ids = ids_sql(members_of(batch.group, at)).replace("{", "{{").replace("}", "}}")
    members = f"SELECT ids.id AS customer_id FROM ({ids}) AS ids (id) ORDER BY 1"
    if only_credits(batch):  # of nobody's balance, so that none is looked at, nor held
        run.make("plan", flat_plan_sql(members, batch.amount), to_join=False)
    else:
        run.make("members", members)
        _plan_by_balances(run, batch, at)
    return run.tables["plan"]


def _plan_by_balances(run: Run, batch: Batch, at: dt.datetime) -> None:
    members = f"{run.tables['members']} AS members"
    run.tell(_("Waiting for those who spend at the moment"), 0.1)
    hold_accounts(members)
    run.tell(_("Looking at the balances"), 0.2)
    run.make("plan", plan_sql(members, CHANGES[batch.mode]), amount=batch.amount, at=at)


def _post(run: Run, plan: str, batch: Batch, at: dt.datetime) -> None:
    for slice_ in run.slices("plan", _("Posting"), 0.3, 0.9):
        part = f"(SELECT * FROM {plan} WHERE {slice_}) AS plan"
        write_entries(part, purpose=purpose_of(batch), at=at, batch=batch.pk)
        open_lots(part, expires_at=batch.expires_at)
    if not only_credits(batch):
        run.tell(_("Taking from what is left"), 0.9)
        use_lots(f"{plan} AS plan", at=at)


def _figures(run: Run, batch: Batch) -> Figures:
    members, changed, total = run.one(
        "SELECT count(*), count(*) FILTER (WHERE amount <> 0), coalesce(sum(amount), 0)"
        " FROM {plan} AS plan"
    )
    return Figures(members, changed, total, shortfall(batch, members, total))


def _report(job: Job, batch: Batch) -> None:
    """What the job's page says in the end."""
    job.updated, job.unchanged = batch.changed, batch.members - batch.changed
    job.notes = [
        ngettext(
            "%(number)d customer, %(total)s in all.",
            "%(number)d customers, %(total)s in all.",
            batch.members,
        )
        % {"number": batch.members, "total": f"{batch.total:+}"}
    ]
    if batch.shortfall:
        job.notes.append(_("%s could not be taken: balances stop at 0.") % batch.shortfall)
