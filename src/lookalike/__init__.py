"""The LookML server that speaks the Looker API."""

__version__ = "0.1.0"
