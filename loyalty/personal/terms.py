"""What lines of items say besides customer and target: each combination is worked out once.

A million lines share a few offers, sizes and dates, so most of what can be said of a line is said
of its *term*: which offer it names, what its cells mean, what is wrong with them, and how its item
is written. A line then costs one look into a hash table for its term, one for its target and one
for its customer; with a look for each of its cells that step took twice as long.
Where hardly any two lines share a term they take two thirds more than that did.
"""

from collections.abc import Callable

from customers.addresses import judge
from customers.identity import TRIMMED
from imports.runs import Run
from loyalty.personal import cells
from loyalty.personal.storing import hold_offers

WORDS: dict[str, Callable[[str], str]] = {
    "preference": cells.clean_preference,
    "method": cells.clean_method,
    "value": cells.clean_value,
    "threshold": cells.clean_threshold,
    "start_date": cells.clean_start,
    "end_date": cells.clean_end,
}
COLUMNS = ("offer", *WORDS)


def make_terms(run: Run, *, offer: int | None, name: str) -> None:
    """Make {terms} of {rows}, and {named}, the offers by what the file calls them.

    If one offer is chosen, its id and name are given: it is meant where a line names none.
    """
    written = "offer" if offer is None else OR_CHOSEN
    run.make("said", f"SELECT DISTINCT {', '.join(COLUMNS)} FROM {{rows}} AS rows")
    run.make("names", NAMES.format(written=written), name=name, trimmed=TRIMMED)
    if not run.dry:
        hold_offers(run, NAMED_HERE, trimmed=TRIMMED)
    run.make("named", NAMED, id=offer, trimmed=TRIMMED)
    run.make("words", ALL_WORDS, trimmed=TRIMMED)
    judge(run, "words", _clean, written="written", normal="normal")
    run.make("terms", TERMS.format(written=written), name=name, trimmed=TRIMMED)


def join_terms(run: Run) -> str:
    """SQL that joins the term of each row of {rows} as `terms`."""
    # A cell is never null where there is a column for it, always where there is none.
    alike = [f"terms.{each} = rows.{each}" for each in COLUMNS if each in run.columns]
    return f" LEFT JOIN {{terms}} AS terms ON {' AND '.join(alike) or 'true'}"


def _clean(word: str) -> str:
    column, _, cell = word.partition(":")
    return WORDS[column](cell)


# Of a line that names no offer, the one that was chosen.
OR_CHOSEN = "coalesce(nullif(btrim(offer, %(trimmed)s), ''), %(name)s)"

NAMES = "SELECT DISTINCT {written} AS written FROM {{said}} AS said"
NAMED_HERE = "lower(name) IN (SELECT lower(btrim(written, %(trimmed)s)) FROM {names} AS names)"

NAMED = (
    "SELECT written, stored.id AS offer_id, stored.mechanic, stored.identifiers,"
    " left(stored.preference, 1) AS preference, stored.value,"
    " CASE stored.method WHEN 'percentage' THEN '%%' ELSE 'a' END AS method,"
    " stored.currency, stored.time_zone, extract(epoch FROM stored.start) AS start,"
    ' extract(epoch FROM stored."end") AS "end", CASE WHEN stored.id IS NULL THEN \'unknown_offer\''
    " WHEN stored.id <> %(id)s::int THEN 'other_offer'"
    " WHEN stored.mechanic = 'audience' THEN 'no_items' END AS code"
    " FROM {names} AS names LEFT JOIN loyalty_personaloffer AS stored"
    " ON lower(stored.name) = lower(btrim(written, %(trimmed)s))"
)

# Column by column: one list of all six would be sorted and hashed as a whole.
ALL_WORDS = " UNION ALL ".join(
    f"SELECT '{column}:' || {column} AS written, NULL::text AS normal, NULL::text AS code"
    f" FROM (SELECT DISTINCT {column} FROM {{said}} AS said) AS cells"
    f" WHERE btrim({column}, %(trimmed)s) <> ''"
    for column in WORDS
)

JOINS = "".join(
    f" LEFT JOIN {{{{words}}}} AS word_{column}"
    f" ON word_{column}.written = '{column}:' || said.{column}"
    for column in WORDS
)


def _moment(column: str) -> str:
    local = f"word_{column}.normal::timestamp AT TIME ZONE named.time_zone"
    return f"extract(epoch FROM {local})::bigint"


MEANT = (
    f"SELECT {', '.join(f'said.{column}' for column in COLUMNS)}, named.offer_id,"
    " named.code AS offer_code, named.mechanic, named.mechanic || named.identifiers AS kind,"
    " named.mechanic = 'receipt_amount' AS is_amount, named.currency,"
    f" coalesce({', '.join(f'word_{column}.code' for column in WORDS)}) AS cell_code,"
    " word_threshold.normal::numeric AS rises_at,"
    " word_preference.normal AS letter, word_method.normal AS sign,"
    " word_value.normal::numeric AS size,"
    " coalesce(word_preference.normal, named.preference) AS its_letter,"
    " coalesce(word_method.normal, named.method) AS its_sign,"
    " coalesce(word_value.normal::numeric, named.value) AS its_value,"
    f' {_moment("start_date")} AS start, {_moment("end_date")} AS "end",'
    ' named.start AS opens, named."end" AS closes'
    " FROM {{said}} AS said JOIN {{named}} AS named ON named.written = {written}" + JOINS
)

# The first of these is told, then what is wrong with the line's target, then the fault.
CODE = (
    "coalesce(offer_code, cell_code,"
    " CASE WHEN NOT is_amount AND rises_at IS NOT NULL THEN 'threshold_of_goods' END)"
)
FAULT = (
    "CASE WHEN is_amount AND rises_at IS NULL THEN 'no_threshold'"
    " WHEN its_value IS NULL THEN 'no_value'"
    " WHEN its_letter = 'd' AND its_sign = '%%' AND its_value > 100 THEN 'percentage'"
    " WHEN its_letter = 'd' AND its_sign = 'a' AND currency = '' THEN 'no_currency'"
    " WHEN start >= \"end\" THEN 'reversed'"
    " WHEN coalesce(start, opens) >= closes OR coalesce(\"end\", closes) <= opens THEN 'outside'"
    " END"
)


def _cell(value: str, *behind: str) -> str:
    """A cell of an item as JSON, and null in its place only if another follows."""
    written = f"',' || {value}"
    if not behind:
        return f"coalesce({written}, '')"
    following = ", ".join(behind)
    return f"coalesce({written}, CASE WHEN num_nonnulls({following}) > 0 THEN ',null' ELSE '' END)"


# Of the form of items.py, what follows the target.
TAIL = " || ".join(
    (
        _cell("'\"' || letter || '\"'", "sign", "size", "start", '"end"'),
        _cell("'\"' || sign || '\"'", "size", "start", '"end"'),
        _cell("trim_scale(size)", "start", '"end"'),
        _cell("start", '"end"'),
        _cell('"end"'),
    )
)

TERMS = (
    f"SELECT row_number() OVER ()::int AS term, *, {CODE} AS code, {FAULT} AS fault,"
    f" {TAIL} AS tail FROM ({MEANT} OFFSET 0) AS meant"
)
