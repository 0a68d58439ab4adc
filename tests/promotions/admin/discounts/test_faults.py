from promotions.admin.discounts.faults import FAULTS
from promotions.admin.discounts.form import DiscountForm
from promotions.engine import Fault


def test_every_fault_has_words_and_a_field_that_the_form_has():
    assert set(FAULTS) == set(Fault)
    fields = {field for field, _words in FAULTS.values() if field}
    assert fields - DiscountForm.base_fields.keys() == set()
