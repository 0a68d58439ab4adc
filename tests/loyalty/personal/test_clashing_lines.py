"""Lines of one customer and offer that don't go together: what is left of them does (L20)."""

import pytest

from tests.imports.runs import rejects
from tests.loyalty.personal.item_files import ANN, had, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_l20_what_is_left_of_thresholds_never_gives_less_the_higher_they_are(shop):
    sizes = {1000: 10, 2000: 5, 3000: 7, 4000: 10, 5000: 9}
    job = run(*(f"baskets,{ANN},,{threshold},,,{size},," for threshold, size in sizes.items()))
    assert rejects(job) == [("threshold_smaller", 3, 3)]
    assert had() == {("baskets", ANN): [[1000, None, None, 10], [4000, None, None, 10]]}
