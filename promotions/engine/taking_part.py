"""Which offers take part in a quote, before anything is chosen or saved."""


from promotions.engine.compiling import Shelf
from promotions.engine.conditions import Facts
from promotions.engine.offers import Offer
from promotions.engine.rules import Rule


def candidates(shelf: Shelf, facts: Facts) -> list[Offer]:
    """Offers about something in the basket that hold for it and its shopper, in order."""
    found: dict[int, Offer] = {offer.rank: offer for offer in shelf.on_receipt}
    for key in set().union(*(row.keys for row in facts.rows)):
        for offer in shelf.by_key.get(key, ()):
            found[offer.rank] = offer
    return [found[rank] for rank in sorted(found) if takes_part(found[rank].rule, facts)]


def takes_part(rule: Rule, facts: Facts) -> bool:
    """Of a rule on the shelf; what is left of its budget is looked at elsewhere."""
    if not rule.start <= facts.at < rule.end:
        return False
    if not is_for(rule, facts):
        return False
    standing = facts.shopper.standings.get(rule.key)
    return (standing is None or not standing.reached) and facts.hold(rule)


def is_for(rule: Rule, facts: Facts) -> bool:
    if not rule.groups and not rule.audiences:
        return True
    shopper = facts.shopper
    return not (
        rule.groups.isdisjoint(shopper.groups) and rule.audiences.isdisjoint(shopper.audiences)
    )


