"""A typed client of the Looker API, blocking or not, whose session keeps its workspace."""

from lookalike.client.client import AsyncClient, Client
from lookalike.client.errors import (
    ApiError,
    ClientError,
    Conflict,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    RateLimited,
    ServerError,
    SettingsError,
    Timeout,
    TransportError,
    Unreachable,
    Unreadable,
    WorkspaceLost,
)
from lookalike.client.flow import Renewal
from lookalike.client.methods import (
    ApiAuth,
    AsyncApiAuth,
    AsyncSessionApi,
    SessionApi,
)
from lookalike.client.settings import Settings
from lookalike.wire.api_auth import AccessToken
from lookalike.wire.query import Query, WriteQuery
from lookalike.wire.session import ApiSession, WriteApiSession

__all__ = [
    "AccessToken",
    "ApiAuth",
    "ApiError",
    "ApiSession",
    "AsyncApiAuth",
    "AsyncClient",
    "AsyncSessionApi",
    "Client",
    "ClientError",
    "Conflict",
    "Invalid",
    "NotAllowed",
    "NotAuthenticated",
    "NotFound",
    "Query",
    "RateLimited",
    "Renewal",
    "ServerError",
    "SessionApi",
    "Settings",
    "SettingsError",
    "Timeout",
    "TransportError",
    "Unreachable",
    "Unreadable",
    "WorkspaceLost",
    "WriteApiSession",
    "WriteQuery",
]
