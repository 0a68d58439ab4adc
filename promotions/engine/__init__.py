"""What a basket costs a shopper, and why. Pure: frozen values in, frozen values out, no clock.

    book = compile_rules(rules)
    quote = price(basket, shopper, book, at)

The law, stated once. `P…`, `E…` and `L…` are lines of the specification.

**Units.** A line whose quantity is whole and whose unit price is whole in cents is that many units;
any other line (weighed goods) is one unit, of the line's price. A line's price is quantity times
unit price, rounded half-up to the currency's cents, once. Everything after is whole cents.

**Order of things.** "Earlier" among rules is the lower priority number, then the lower id, then
origin, then the lower item. Dearest first among units is the higher price, then line order; line
order is that of the lines' ids, shorter ones first (2 before 10), so that no other order can change
a quote.

**Whether a rule takes part.** In its window `start <= at < end`; at its points of sale, if it names
some; in its currency, if it has one; for its audiences or groups, if it names some (being in any
one is enough; who is not known is in none, P6); for members only, if it says so; accepted by the
shopper, this very item of it, if it asks for that (L14); its conditions, all or any as it says,
looked at before any discount (P11); no limit reached and, if it has a budget, what it would save on
this basket as the only offer is within what is left of it (P14: never cut, so never tried). Days
and hours are those on the clock of `at`, which the caller gives in the zone of the point of sale;
hours that pass midnight belong to the day on which they begin.

**What a rule takes.** A plain rule takes units of its goods: all that no other one-per-item rule
has, or at most `units` of them. Product sets: one application takes from each set at least
`required` units (at least one of a set with `discounted`), of which up to `discounted` get the
discount and the others are triggers; fewer than `discounted` are as many as there are (P12). More
than `required` it takes only as targets; it may take fewer than it could. It is applied at most
`uses` times. A unit serves one set of one rule, once, as trigger or as target (P13).
A set of a personalized promotion means the shopper's choice; if nothing was chosen, the default
product if it is on the shopper's list; else no product (E20).

**What a discount is.** A percentage is taken of the price, an amount off and a fixed price never
take more than the price. On units: of each unit it takes; on lines: of what it takes of a line
together; on the receipt: of everything together. A percentage is rounded half-up once for each
rule and line, on the receipt once for the rule (P9).

**Which units whose.** *One per item*: a unit is taken by at most one such rule, trigger and target
alike (P4, P13). Of all assignments of units to rules the one that leaves least to pay wins; among
equal ones the one in which one-per-item rules on units and lines save most (which differs only
where others combine or the receipt has a rule), then the one that saves more by the earliest of the
rules that compete for units (one per item, and product sets), then by the next, and so on, at last
by the earliest on the receipt. Of two choices with the same percentage on the receipt that is the
better one which leaves less to pay before that percentage is rounded, so that of a unit-limited
rule and an equal percentage on the receipt neither is sure to have the dearest. What is equal then
is settled by dearest first, always in the same way. All units of a line that no set of these and no
such rule with a limit of units takes go to the same plain rule, or to none: lines are not split to
round up. A rule takes nothing where it saves nothing. At most one such rule on the receipt applies;
it covers the units that no other has as trigger or target.
*Combines*: on the running price, on top of anything, earliest rule first (P10). Its product sets
compete for units with other sets only, and are chosen in the same search. With a limit of units it
takes the dearest by their price before discounts. Units of a line with the same rules share what
comes off in proportion, be it parts of a cent; of units with different rules it takes those whose
running price is highest, which for product sets is the one after the one-per-item rules.
*Alone*: as if there were no other offer; its saving, points at their worth in money, against that
of all others together; the better for the customer wins, in a tie the others together, then the
earliest (P4). Items of one offer stand alone together, each unit with one of them at most.

**Stages.** One-per-item rules on units and lines; combining ones; the one-per-item rule on the
receipt; combining ones on the receipt (P2, P10). A percentage is of the price that the stage
before left. What a receipt discount gives is spread over the lines in proportion to their running
price, by largest remainder, then line order (P3).

**Thresholds** (L20). A rule on the receipt may have several, each with a value of its own. The
highest that is reached counts, by itself; below the lowest the rule gives nothing. What is looked
at is the receipt after line discounts, one per item and combining, and before any on the receipt
(P11); reached is what is no less. A rule that stands alone looks at the receipt as if there were no
other. For points it is the same amount, though they are earned on what is paid. A one-per-item
discount with thresholds is part of the search for what leaves least to pay: so a unit or a line may
go to a rule that saves less on it, or to none, if only then a threshold is reached, or if a higher
one, of less value, then is not. What combines has no say in that: the choice is made as if there
were none with thresholds, and so it is for points.

**A shopper's own rules** (L9) stand beside the book's under the same law, in one order with them.
Some may be one offer together, its items: they share origin and id, and the limits that are kept by
those. If all that an offer of the shopper's own gives in a quote is more than is left of its
budget, none of it applies (P14): all such offers are left out and the basket is priced anew, until
there is no other. Of an offer of which no item applied one reason is told, that of the item that
was nearest to it.

**Points** are earned on what is paid in money after all that (P15): a percentage of it, or a number
of points for each unit, line or receipt, less in proportion where part is paid with points and none
where nothing is paid. For points all units of a line are alike, each an equal part of what is paid
for the line, and the dearest are those for which most is left to pay; a receipt's points are spread
over the lines as a discount is. Points rules choose units as discounts do, with the same ties, but
against each other only (P5); they have no product sets. Two decimals
half-up for each rule and line (on the receipt: for the rule), or whole points rounded down if the
programme says so. Points that are spent come off what is payable, spread as a receipt discount is;
a point is worth one unit of the currency. Spending more than the programme's share of what is
payable spends that share, and never a part of a cent. Nor of a hundredth of a point: in a currency
of three decimals each line is paid in whole hundredths, as many of them as are payable for it.

**Exactness.** The search for the best assignment is exact within a fixed number of steps, in parts
of the basket whose rules compete with each other; beyond it the best found by then stands, which is
never less than what choosing/search.py says. `Quote.is_exact` tells, and is false, too, of a quote
in which an offer stands alone, or was left out for its budget, if any that it was compared with was
not searched to the end. Adding an offer that does not combine never makes an exact quote dearer,
unless what is saved on lines by it is missing at a threshold of one that combines, or more of the
shopper's own then exceeds a budget.
"""

from promotions.engine.baskets import Basket, Line, Picks, Product, Shopper, Standing
from promotions.engine.compiling import RuleBook, compile_rules
from promotions.engine.pricing import price
from promotions.engine.quotes import Applied, Explained, PricedLine, Quote, Reason, Skipped
from promotions.engine.rules import (
    Condition,
    Effect,
    Goods,
    InAudiences,
    InGroups,
    Kind,
    OrderAmount,
    PointsOfSale,
    Products,
    ProductSet,
    Programme,
    Rule,
    Scope,
    Stacking,
    Tier,
    Times,
)
from promotions.engine.validity import Fault, faults

__all__ = [
    "Applied",
    "Basket",
    "Condition",
    "Effect",
    "Explained",
    "Fault",
    "Goods",
    "InAudiences",
    "InGroups",
    "Kind",
    "Line",
    "OrderAmount",
    "Picks",
    "PointsOfSale",
    "PricedLine",
    "Product",
    "ProductSet",
    "Products",
    "Programme",
    "Quote",
    "Reason",
    "Rule",
    "RuleBook",
    "Scope",
    "Shopper",
    "Skipped",
    "Stacking",
    "Standing",
    "Tier",
    "Times",
    "compile_rules",
    "faults",
    "price",
]
