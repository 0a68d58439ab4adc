price = None
