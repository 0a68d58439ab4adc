"""Personalized promotions: whose list has which products (lists.py), and what they chose of it
(selection.py)."""
