"""What a basket costs a customer: what the database knows, asked and given to the engine.

book.py keeps the discounts compiled, goods.py finds products, shoppers.py what is known of the
customer, and quoting.py puts them together for the API, *Try a basket* and the account page.
"""
