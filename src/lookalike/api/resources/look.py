"""Look: the looks that people saved, of which there are none."""

from __future__ import annotations

from lookalike.api.call import Call
from lookalike.api.handlers import Lane, serves
from lookalike.wire import look
from lookalike.wire.operation import Masked, Nothing


@serves(look.all_looks, Lane.IN_PLACE)
def all_looks(call: Call, params: Masked, body: Nothing) -> list[look.Look]:
    return []


@serves(look.search_looks, Lane.IN_PLACE)
def search_looks(call: Call, params: look.SearchLooksParams, body: Nothing) -> list[look.Look]:
    return []
