"""The Looker API over HTTP: find the operation, find the caller, ask the instance, write the
answer.

To see a request walk through, open `app.py`; to see what an endpoint does, open its tag in
`resources`.
"""
