"""A name that is withheld and one that is not there are answered alike, to the letter. A viewer
without the grant guesses; so does one who compares what was saved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import pytest

from lookalike.instance.instance import Instance
from tests.api.conftest import Answer, Client, serving
from tests.api.test_withheld import LOOKML

# What the access filter and the broken fields of that project say comes before any guess.
SOUND = {
    **LOOKML,
    "shop.model.lkml": LOOKML["shop.model.lkml"].replace(
        "access_filter: { field: orders.zq_field user_attribute: department }", ""
    ),
}
GUESSES = (
    "orders.zq_field",
    "orders.zq_measure",
    "orders.zq_filter",
    "orders.zq_parameter",
    "orders.zq_location",
    "orders.zq_when_date",
    "orders.zq_when",
    "orders.zq_older",
    "orders.zq_fielt",
    "zq_view.id",
    "zq_view.zq_in_view",
    "zq_view.ib",
    "zq_join.id",
    "users.zq_field",
)
SUGGESTIONS = (
    "/fields/{guess}/suggestions",
    "/fields/orders.status/suggestions?filters=%7B%22{guess}%22%3A%221%22%7D",
)
OWN = frozenset(
    ("id", "slug", "url", "client_id", "share_url", "expanded_share_url", "ran_at", "runtime")
)
"""What differs between any two questions and answers."""


@pytest.fixture(scope="module", params=[SOUND, LOOKML], ids=["sound", "faulty"])
def instance(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instance]:
    yield from serving(tmp_path_factory.mktemp("instance"), request.param)


def questions(guess: str) -> Iterator[Mapping[str, object]]:
    """Wherever a question takes a name, with what makes something else fail beside it."""
    plain = guess.partition(".")[2]
    calculated = [{"table_calculation": "c", "expression": f"${{{guess}}} + 1"}]
    based = [{"measure": "c", "based_on": guess, "type": "sum", "filters": {guess: "1"}}]
    for changed in (
        {"fields": [guess]},
        {"fields": [plain]},
        {"fields": [guess.upper()]},
        {"fields": [f" {guess} "]},
        {"fields": [f"{guess}.x"]},
        {"fields": [f"{guess}__sort_"]},
        {"fields": [f"{guess.partition('.')[0]}*"]},
        {"fields": ["orders.broken", guess]},
        {"fields": ["orders.broken_too"], "sorts": [guess], "pivots": [guess]},
        {"fields": ["orders.status", "orders.broken"], "sorts": [guess]},
        {"filters": {guess: "1"}},
        {"filters": {guess: ""}},
        {"filters": {guess: ">>>(("}},
        {"filters": {plain: "1"}},
        {"sorts": [guess]},
        {"sorts": [f"{guess} desc 0"]},
        {"sorts": [plain]},
        {"pivots": [guess], "fields": ["orders.id", guess]},
        {"fill_fields": [guess]},
        {"subtotals": [guess]},
        {"filter_expression": f"${{{guess}}} = 1"},
        {"filter_expression": f"${{{plain}}} = 1"},
        {"filter_expression": f"matches_filter(${{{guess}}}, `>>(`)"},
        {"filter_expression": f"${{{guess}:total}} = = 1"},
        {"fields": ["orders.id", "c"], "dynamic_fields": json.dumps(calculated)},
        {"fields": ["orders.id", "c"], "dynamic_fields": json.dumps(based)},
        {"vis_config": {"x": guess}, "filter_config": {guess: []}},
        {"view": "plain", "fields": [guess]},
        {"view": "faulty", "fields": [guess]},
        {"view": "base", "fields": [guess]},
        {"view": guess.partition(".")[0], "fields": [guess]},
    ):
        yield {"model": "shop", "view": "orders", "fields": ["orders.id"], **changed}


def said(answer: Answer, guess: str) -> tuple[int, str]:
    """The answer with the guess taken out of it, in whatever case, and what is its own anyway."""
    body = json.loads(answer.body)
    own = {name: value for name, value in body.items() if name not in OWN}
    text = re.sub(r"\bquery (\d+|`\w+`)", "query", json.dumps(own))
    for part in (guess, *guess.split(".")):
        text = re.sub(rf"\b{part}", "GUESS", text, flags=re.IGNORECASE)
    return answer.status, text


def told(client: Client, guess: str) -> Iterator[tuple[str, tuple[int, str]]]:
    """What the client is told of the guess, by what was asked."""
    for n, question in enumerate(questions(guess)):
        path = "/api/4.0/queries/run/json_detail"
        yield f"run {n}", said(client("POST", path, body=question), guess)
    for path in SUGGESTIONS:
        for explore in ("orders", "plain", "base"):
            target = f"/api/4.0/models/shop/views/{explore}{path.format(guess=guess)}"
            yield f"{explore}{path}", said(client("GET", target), guess)


def told_of_saved(
    client: Client, saver: Client, guess: str
) -> Iterator[tuple[str, tuple[int, str]]]:
    """What the client is told of questions that `saver` saves."""
    for n, question in enumerate(questions(guess)):
        made = saver("POST", "/api/4.0/queries", body=question).json()
        for what in (f"{made['id']}", f"slug/{made['slug']}", f"{made['id']}/run/json_detail"):
            answer = client("GET", f"/api/4.0/queries/{what}")
            yield f"saved {n} {what}", said(answer, guess)


@pytest.mark.parametrize("guess", GUESSES)
def test_a_guess_is_answered_as_a_name_that_is_not_there(guest: Client, guess: str) -> None:
    missing = guess.replace("zq_", "xq_")
    for (asked, hit), (_, miss) in zip(told(guest, guess), told(guest, missing), strict=True):
        assert hit == miss, asked


@pytest.mark.parametrize("guess", GUESSES[::3])
@pytest.mark.parametrize("by", ["guest", "staff"])
def test_so_is_one_in_a_saved_question(guest: Client, staff: Client, guess: str, by: str) -> None:
    saver, missing = {"guest": guest, "staff": staff}[by], guess.replace("zq_", "xq_")
    for (asked, hit), (_, miss) in zip(
        told_of_saved(guest, saver, guess), told_of_saved(guest, saver, missing), strict=True
    ):
        assert hit == miss, asked


def test_who_asks_reads_the_name_as_written(guest: Client) -> None:
    for name in ("orders.zq_field", "orders.nothing_like_it"):
        body = {"model": "shop", "view": "plain", "fields": [name]}
        answer = guest("POST", "/api/4.0/queries/run/csv", body=body).body.decode()
        assert f"there is no field `{name}` in explore `plain`" in answer
