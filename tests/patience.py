"""Patience: how long a test waits for what should come at once.

No test is a measurement: the bound tells an end from none, on however busy a machine. Speed is
measured by `benchmarks`.
"""

PATIENCE = 30.0
"""Seconds."""
