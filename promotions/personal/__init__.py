"""Personalized promotions: whose list has which products (lists.py), a page of it (paging.py), and
what they chose of it (selection.py)."""
