"""Personal offers: what they mean at the till, what customers have of them and say to them.

rules.py makes engine rules of offers, items.py reads and writes the compact rows of attributes,
source.py brings both into the one way to price.
"""
