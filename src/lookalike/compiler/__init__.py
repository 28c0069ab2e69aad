"""The pure heart: LookML and a question in, SQL text and diagnostics out.

It computes and does nothing else.
"""
