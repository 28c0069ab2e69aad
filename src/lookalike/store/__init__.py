"""What must survive a restart: plain functions over frozen records, SQL in view.

Each module is a door of its own: `from lookalike.store import sessions`, then
`sessions.set_workspace(...)`.
"""
