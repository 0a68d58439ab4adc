"""What staff of the catalogue may do."""

VIEW = [f"promotions.view_{name}" for name in ("product", "category", "productgroup", "discount")]
POINTS = [f"promotions.{verb}_pointofsale" for verb in ("view", "add", "change", "delete")]


def all_of(model):
    return [f"promotions.{verb}_{model}" for verb in ("view", "add", "change", "delete")]
