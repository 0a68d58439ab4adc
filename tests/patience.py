"""How long tests wait for what must happen; what is there already costs no wait.

A machine that others use too may stand still for half a minute.
"""

PATIENCE = 180.0
"""Seconds."""
