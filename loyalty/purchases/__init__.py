"""What is bought: confirmed, held, cancelled and returned, and told to others.

The law, in the order in which a till meets it, is in docs/decisions/purchases.md. A purchase is
drafted from a quote (drafts.py), written once (writing.py), and read back as a record
(records.py), by which every answer is told. Whatever one of them does is one transaction that
takes its locks in this order: the receipt (confirming) or its row (what comes after), the held
quote, the customer's row, uses of limits (promotions/limits.py), and at last the customer's
account.
"""
