"""Whatever is asked, the planner answers: a plan, or diagnostics with an error."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lookalike.compiler.query import Planned

Ask = Callable[..., Planned]

FIELDS = (
    "order_items.count", "order_items.total", "order_items.price", "orders.status", "orders.state",
    "orders.created_date", "orders.created_day_of_week", "orders.shipped_date", "orders.seen_date",
    "orders.booked_date", "orders.is_complete", "orders.complete_share", "users.age_tier",
    "users.total_credit", "regions.total_area", "nonsense", "orders.", ".", "", "a.b.c",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(
            [
                "-NULL",
                "EMPTY",
                "%",
                "_",
                "^",
                ",",
                "7",
                "days",
                "ago",
                "for",
                "this",
                "last",
                "year",
                "month",
                "2018-01",
                "Q3",
                "FY",
                "NOT",
                ">",
                "<=",
                "(",
                "[",
                ")",
                "]",
                "inf",
                "AND",
                "OR",
                "to",
                "before",
                "after",
                "monday",
                "yes",
                "no",
                "'",
                '"',
                "\\",
                "--",
                ";",
                "999999999999999999",
                "1e300",
            ]
        ),
        max_size=8,
    ).map(" ".join),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    fields=st.lists(st.sampled_from(FIELDS), max_size=4),
    filters=st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=4),
    sorts=st.lists(st.sampled_from(FIELDS) | st.text(max_size=10), max_size=3),
    filter_expression=TEXTS,
    zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/St_Johns"]),
)
def test_a_plan_or_an_error(
    ask: Ask,
    fields: list[str],
    filters: dict[str, str],
    sorts: list[str],
    filter_expression: str,
    zone: str,
) -> None:
    planned = ask(
        ",".join(fields),
        filters=filters,
        sorts=tuple(sorts),
        filter_expression=filter_expression,
        zone=zone,
    )
    assert (planned.plan is None) == any(item.is_error for item in planned.diagnostics)
