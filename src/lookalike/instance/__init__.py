"""The hall: a running Looker instance. Who asks, which tree they see, what they may do; the only
place where things happen.

Each module is a door of its own: `from lookalike.instance import workspaces`, then
`workspaces.enter(...)`. Every function takes the instance first, the caller second, then what it is
about.
"""
