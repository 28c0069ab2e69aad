"""The API as values, shared by server and client: one struct a schema, one Operation an endpoint.

Each module is a door of its own: `from lookalike.wire import session`, then
`session.update_session`.
"""
