"""A person is taken out of the whole database and of every stored file; what sums up stays.

One job, `customer-erasure` (change.py): person.py says by what somebody may be named, files.py
cleans what was uploaded and refused, traces.py what the frame keeps. A room above says in its
own erasure.py what it holds, with `@erases`; each app's is imported when the site starts.
docs/decisions/erasure.md says why.
"""

from customers.erasure.change import CustomerErasure
from customers.erasure.person import Person
from customers.erasure.registry import Eraser, erases, undo_records_name_customers

__all__ = ["CustomerErasure", "Eraser", "Person", "erases", "undo_records_name_customers"]
