"""Customers for the demo, with attributes, audiences and groups."""

from customers.demo.making import demo_customers, external_id, make_customers

__all__ = ["demo_customers", "external_id", "make_customers"]
