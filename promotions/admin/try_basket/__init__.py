"""*Try a basket*: what a basket costs somebody, somewhere, at a moment, drawn as a receipt, with
every offer's why and why not.

asked.py reads what is asked from a form or an address, pasting.py what was pasted, form.py checks
it, goods.py finds the products, receipt.py and offers.py draw the quote, examples.py fills a basket
for one discount, page.py puts them together.
"""
