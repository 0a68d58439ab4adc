RuleBook = compile_rules = None
