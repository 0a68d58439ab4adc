"""A page of a back-office list: how many entries, which ones, and where its links lead."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from unfold.views import ChangeList

from imports.backoffice import keyset
from imports.backoffice.counting import Count, Precision, count_up_to
from imports.backoffice.pages import SIZES, Pages, Position, entries_per_page, pages_in_reach

AFTER, BEFORE, PER_PAGE = "after", "before", "per_page"


class BackofficeChangeList(ChangeList):
    """The admin's list, in three or four queries of which none grows with the table.

    Pages that OFFSET reaches cheaply are numbered; beyond them, Previous and Next go by the
    id of a row (never by its values: addresses of pages end up in logs).
    """

    queryset: QuerySet
    keys: list[keyset.Key]
    found: list[Any] | None = None
    """Ids that a search found, all and in order, where it is the order of the ids."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if not self.is_popup:  # There, "Select customer" is what one came for.
            self.title = capfirst(self.model_admin.opts.verbose_name_plural)

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        lookups: dict[str, Any] = super().get_filters_params(params)
        return {name: lookups[name] for name in lookups if name != PER_PAGE}

    def get_ordering_field(self, field_name: Any) -> Any:
        """None for columns that don't sort, also for a crafted address."""
        if self.sortable_by is not None and field_name not in self.sortable_by:
            return None
        return super().get_ordering_field(field_name)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[Any]:
        # Django ends the order by "-pk" itself; total_order decides that anew.
        ordering = super().get_ordering(request, queryset)
        if len(ordering) > 1 and ordering[-1] == "-pk":
            ordering = ordering[:-1]
        then_by = self.model_admin.then_by
        parts = [part for first in ordering for part in self._with_followers(first, then_by)]
        self.keys = keyset.total_order(self.model, parts)
        return [key.order_by() for key in self.keys]

    @staticmethod
    def _with_followers(part: Any, then_by: dict[str, str]) -> list[Any]:
        sign, name = ("-", part[1:]) if str(part).startswith("-") else ("", part)
        return [part, sign + then_by[name]] if name in then_by else [part]

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        for name in (AFTER, BEFORE):  # They belong to one page: no link to another keeps them.
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        queryset = super().get_queryset(request, exclude_parameters)
        if queryset.query.distinct:  # A join met rows twice: ask which rows there are instead.
            ids = queryset.order_by().values("pk")
            order = queryset.query.order_by
            queryset = self.root_queryset.filter(pk__in=ids).order_by(*order)
            queryset = self.apply_select_related(queryset)
        return queryset

    def get_results(self, request: HttpRequest) -> None:
        size = self.list_per_page = entries_per_page(request.GET.get(PER_PAGE))
        admin = self.model_admin
        if self.query:
            limit = admin.search_count_limit
            count = self._search_once(request, limit)
        else:
            limit = admin.count_limit
            count = count_up_to(limit, self.queryset)
        reach = pages_in_reach(count, size=size, limit=limit)
        position, values = self._position(request, reach, count)
        rows = self._rows(position, values)
        more = position.backwards or len(rows) > size
        rows = rows[:size][::-1] if position.backwards else rows[:size]
        self.pages = Pages(position, size, count, reach, rows, more, self.get_query_string)
        self._answer_the_admin()

    def _search_once(self, request: HttpRequest, limit: int) -> Count:
        """Go on with the ids that were found, unless they are too many.

        A search is dear, so it isn't run a second time for the rows; and with ids the planner
        has no share of a pattern to guess, which it does badly.
        """
        ids = list(self.queryset.order_by().values_list("pk", flat=True)[: limit + 1])
        if len(ids) > limit:
            return Count(limit, Precision.MORE_THAN)
        if len(self.keys) == 1:
            self.found = sorted(ids, reverse=self.keys[0].descending)
        self.queryset = self._of(ids)
        return Count(len(ids), Precision.EXACT)

    def _of(self, ids: list[Any]) -> QuerySet:
        rows = self.root_queryset.filter(pk__in=ids).order_by(*self.queryset.query.order_by)
        return self.apply_select_related(rows)

    def _position(
        self, request: HttpRequest, reach: int, count: Count
    ) -> tuple[Position, tuple[Any, ...] | None]:
        """Which page is asked for; beyond the numbered ones, with the sort values beside it."""
        if self.page_num > reach and not count.is_exact:
            for name in (AFTER, BEFORE):
                row = self._id(request.GET.get(name))
                values = row and keyset.values_of(self.root_queryset, self.keys, row)
                if values:
                    return Position(self.page_num, row, backwards=name == BEFORE), values
        return Position(min(max(self.page_num, 1), reach)), None

    def _id(self, value: str | None) -> Any:
        try:
            return self.opts.pk.to_python(value)
        except ValidationError:
            return None

    def _rows(self, position: Position, values: tuple[Any, ...] | None) -> list[Any]:
        """The rows of a page as they are met, with one more if there is a page behind it."""
        size = self.list_per_page + 1
        if values is None:
            offset = (position.number - 1) * self.list_per_page
            if self.found is not None:
                return list(self._of(self.found[offset : offset + size]))
            return list(keyset.rows_at(self.queryset, self.keys, offset=offset, size=size))
        keys = [key.reversed() for key in self.keys] if position.backwards else self.keys
        return list(keyset.rows_after(self.queryset, keys, values, size=size))

    def _answer_the_admin(self) -> None:
        """What the stock templates and actions ask of a list."""
        self.result_list = self.pages.rows
        self.result_count = self.pages.count.number
        self.full_result_count, self.show_full_result_count = None, False
        self.show_admin_actions = True
        self.can_show_all, self.multi_page = False, False
        self.paginator = Paginator(self.pages.rows, self.list_per_page)

    @property
    def sizes(self) -> list[int]:
        return sorted({*SIZES, self.list_per_page})

    @property
    def kept_by_size(self) -> list[tuple[str, str]]:
        """Parameters to keep when another number of entries is asked for: all but the page."""
        return self._kept(without={PER_PAGE})

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        """Parameters to keep when filters are applied: the search, the order, the size."""
        filters = {name for spec in self.filter_specs for name in spec.expected_parameters()}
        return self._kept(without={name for name in filters if name})

    def _kept(self, without: set[str]) -> list[tuple[str, str]]:
        return [
            (name, value)
            for name, values in self.filter_params.items()
            if name not in without
            for value in values
        ]
