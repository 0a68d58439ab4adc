"""Who gets what of each line: the best choice among offers that want the same units.

`choice.choose` is the door. A board knows what a line costs under any choice; contests are the
offers that compete; margins say what each could bring; lone and search find the best; a goal says
what best means, with or without a rule on the receipt; thresholds looks after those that a receipt
must reach.
"""
