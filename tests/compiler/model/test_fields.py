"""What the fields of a view become, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lookalike.compiler import model
from lookalike.compiler.model import Dimension, FilterField, Measure, Parameter
from lookalike.compiler.syntax import Code, Severity

AssembleModel = Callable[[str], model.Assembled]


def fields_of(found: model.Assembled) -> dict[str, model.Field]:
    return dict(found.project.models["shop"].views["v"].fields)


def test_defaults(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        """
        view: v {
          dimension: user_id {}
          measure: count { type: count }
          filter: since { type: date }
          parameter: grain { type: unquoted allowed_value: { label: "Day" value: "day" } }
        }
        """
    )
    fields = fields_of(found)
    dimension, count, since, grain = fields.values()
    assert isinstance(dimension, Dimension)
    assert isinstance(count, Measure)
    assert isinstance(since, FilterField)
    assert isinstance(grain, Parameter)
    assert (dimension.type, dimension.label, dimension.view) == ("string", "User ID", "v")
    assert dimension.sql is not None
    assert dimension.sql.text == "${TABLE}.user_id"
    assert (count.sql, count.label) == (None, "Count")
    assert (since.type, since.sql) == ("date", None)
    assert grain.allowed_values == (model.AllowedValue("day", "Day"),)
    assert found.diagnostics == ()


def test_a_time_group(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        """
        view: v { dimension_group: created {
          type: time timeframes: [raw, date, quarter_of_year, yesno] sql: ${TABLE}.at ;;
          datatype: date description: "When" convert_tz: no
        } }
        """
    )
    members = [each for each in fields_of(found).values() if isinstance(each, Dimension)]
    assert [(each.name, each.type, each.label, each.group_item_label) for each in members] == [
        ("created_raw", "date_raw", "Created Raw", "Raw"),
        ("created_date", "date_date", "Created Date", "Date"),
        (
            "created_quarter_of_year",
            "date_quarter_of_year",
            "Created Quarter of Year",
            "Quarter of Year",
        ),
        ("created", "yesno", "Created", ""),
    ]
    assert {each.group for each in members} == {"created"}
    assert {each.group_label for each in members} == {"Created Date"}
    assert {each.description for each in members} == {"When"}
    assert {each.convert_tz for each in members} == {False}
    assert {each.datatype for each in members} == {"date"}
    assert {each.sql and each.sql.text for each in members} == {"${TABLE}.at"}


def test_a_group_label_of_ones_own(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        """
        view: v {
          dimension_group: created { timeframes: [week] group_label: "Times" label: "Made" }
          dimension_group: sold { timeframes: [week] group_item_label: "Sale" }
        }
        """
    )
    made, sold = fields_of(found).values()
    assert (made.label, made.group_label, made.group_item_label) == ("Made Week", "Times", "")
    assert (sold.label, sold.group_label, sold.group_item_label) == (
        "Sold Week",
        "Sold Date",
        "Sale Week",
    )


def test_a_duration_group(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        """
        view: v { dimension_group: since_signup {
          type: duration intervals: [day, week] sql_start: ${TABLE}.a ;; sql_end: ${TABLE}.b ;;
        } }
        """
    )
    days, weeks = fields_of(found).values()
    assert isinstance(days, Dimension)
    assert (days.name, days.type, days.interval) == ("days_since_signup", "duration_day", "day")
    assert (days.label, days.group_label) == ("Days Since Signup", "Duration Since Signup")
    assert days.sql is None
    assert days.sql_start is not None
    assert weeks.name == "weeks_since_signup"


def test_groups_without_a_list_offer_all(assemble_model: AssembleModel) -> None:
    text = """
        view: v {
          dimension: t {}
          dimension_group: t {}
          dimension_group: d { type: duration sql_start: a ;; sql_end: b ;; }
        }
    """
    plain = fields_of(assemble_model(text))
    fiscal = fields_of(assemble_model(f"fiscal_month_offset: 0\n{text}"))
    assert {"t", "t_raw", "t_minute15", "t_year", "seconds_d", "years_d"} <= set(plain)
    assert {name.removeprefix("t_") for name in set(fiscal) - set(plain)} == {
        "fiscal_month_num",
        "fiscal_quarter",
        "fiscal_quarter_of_year",
        "fiscal_year",
    }


@pytest.mark.parametrize(
    ("type_", "timeframe", "interval"),
    [
        ("date", "date", ""),
        ("date_time", "time", ""),
        ("date_week", "week", ""),
        ("string", "", ""),
    ],
)
def test_a_lone_point_in_time(
    assemble_model: AssembleModel, type_: str, timeframe: str, interval: str
) -> None:
    found = assemble_model(f"view: v {{ dimension: d {{ type: {type_} }} }}")
    dimension = fields_of(found)["d"]
    assert isinstance(dimension, Dimension)
    assert (dimension.timeframe, dimension.interval) == (timeframe, interval)
    assert (dimension.type, dimension.group) == (type_, "")


def test_everything_a_column_may_say(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        r"""
        named_value_format: ours { value_format: "0.0\"k\"" }
        view: v {
          fields_hidden_by_default: yes
          dimension: kind { hidden: no case: { when: { sql: ${TABLE}.k = 1 ;; label: "One" } else: "Other" } }
          dimension: spot { type: location sql_latitude: a ;; sql_longitude: b ;; }
          dimension: size { type: tier tiers: [-2.5, 0, 10] style: integer sql: ${TABLE}.s ;; }
          dimension: price { type: number value_format_name: ours primary_key: yes }
          measure: total {
            type: sum sql: ${price} ;; value_format_name: usd filters: [kind: "One", price: ">5"]
            drill_fields: [kind, price] html: <b>{{ value }}</b> ;; required_fields: [kind]
          }
          measure: p { type: percentile percentile: 95.5 sql: ${price} ;; }
        }
        """  # noqa: E501
    )
    view = found.project.models["shop"].views["v"]
    kind, spot, size, price, total, percentile = view.fields.values()
    assert isinstance(kind, Dimension)
    assert isinstance(spot, Dimension)
    assert isinstance(size, Dimension)
    assert isinstance(price, Dimension)
    assert isinstance(total, Measure)
    assert isinstance(percentile, Measure)
    assert kind.case is not None
    assert [(each.condition.text, each.label) for each in kind.case.whens] == [
        ("${TABLE}.k = 1", "One")
    ]
    assert (kind.case.otherwise, kind.sql, kind.hidden) == ("Other", None, False)
    assert (spot.latitude and spot.latitude.text, spot.sql, spot.hidden) == ("a", None, True)
    assert (size.tiers, size.style) == (("-2.5", "0", "10"), "integer")
    assert price.value_format == '0.0"k"'
    assert (total.value_format, total.value_format_name) == ("$#,##0.00", "usd")
    assert total.filters == (("kind", "One"), ("price", ">5"))
    assert (total.drill_fields, total.required_fields) == (("kind", "price"), ("kind",))
    assert percentile.percentile == 95.5
    assert view.primary_key == "price"
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "code", "field", "column"),
    [
        ("dimension: a { type: numbr }", Code.INVALID_VALUE, "v.a", 28),
        ("dimension: a { type: time }", Code.INVALID_VALUE, "v.a", 28),
        ("dimension: a { hidden: perhaps }", Code.INVALID_VALUE, "v.a", 28),
        ("dimension: a { label: [b] }", Code.INVALID_VALUE, "v.a", 28),
        ("dimension: a { type: tier tiers: [low] }", Code.INVALID_VALUE, "v.a", 47),
        ("dimension: a { type: tier }", Code.INVALID_VALUE, "v.a", 28),
        ("dimension: a { type: location }", Code.MISSING_SQL, "v.a", 28),
        ("dimension: a { type: distance }", Code.INVALID_VALUE, "v.a", 28),
        ("dimension: a { type: duration_day }", Code.MISSING_SQL, "v.a", 28),
        ("dimension_group: a { timeframes: [dat] }", Code.INVALID_VALUE, "v.a_dat", 47),
        ("measure: a { type: sum }", Code.MISSING_SQL, "v.a", 26),
        ("measure: a { type: list }", Code.INVALID_VALUE, "v.a", 26),
        (
            "measure: a { type: percentile percentile: 101 sql: x ;; }",
            Code.INVALID_VALUE,
            "v.a",
            43,
        ),
        ('measure: a { type: number sql: 1 ;; filters: [a: "1"] }', Code.INVALID_VALUE, "v.a", 49),
        ("parameter: a { type: location }", Code.INVALID_VALUE, "v.a", 28),
        ("dimension: a {} measure: a { type: count }", Code.DUPLICATE_FIELD, "v.a", 29),
        (
            "dimension_group: a { timeframes: [raw] } dimension: a_raw {}",
            Code.DUPLICATE_FIELD,
            "v.a_raw",
            54,
        ),
        ("dimension: {}", Code.INVALID_VALUE, "", 13),
        ("measure: a { type: count filters: [b] }", Code.INVALID_VALUE, "v.a", 48),
        ('measure: a { type: count filters: { value: "1" } }', Code.INVALID_VALUE, "v.a", 38),
    ],
)
def test_mistakes_are_errors_of_their_field(
    assemble_model: AssembleModel, text: str, code: Code, field: str, column: int
) -> None:
    found = assemble_model(
        f"view: v {{ \n            {text} dimension: fine {{}} }}\nexplore: v {{}}"
    )
    diagnostic = next(each for each in found.diagnostics if each.code is code)
    assert diagnostic.severity is Severity.ERROR
    assert (diagnostic.field, diagnostic.place.line) == (field, 3)
    assert diagnostic.place.column == column
    explore = found.project.models["shop"].explores["v"]
    assert (diagnostic.model, diagnostic.explore) == ("shop", "v")
    assert (code, field) in [(each.code, each.field) for each in explore.errors]
    assert "v.fine" in explore.fields
    assert not any(each.field == "v.fine" for each in explore.errors)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ('dimension: a { lable: "x" }', Code.UNKNOWN_PARAMETER, "did you mean `label`?"),
        ("dimension: a { sql_on: x ;; }", Code.UNKNOWN_PARAMETER, "another kind of object"),
        (
            'dimension_group: a { suggest_persist_for: "1" }',
            Code.UNKNOWN_PARAMETER,
            "suggest_persist_for",
        ),
        ("measure: a { type: count sql: ${TABLE}.x ;; }", Code.UNEXPECTED_SQL, "count_distinct"),
        ("dimension: a { type: int }", Code.DEPRECATED, "type: number"),
        ("dimension: a { value_format_name: usdd }", Code.UNKNOWN_VALUE_FORMAT, "`usd`"),
        ('dimension: a { label: "x" label: "y" }', Code.DUPLICATE_PARAMETER, "the last one counts"),
        ('view_label: "x"', Code.DEPRECATED, "write `label`"),
        ("dimension: a { drill_fields: [nope] }", Code.UNKNOWN_FIELD, "`nope`"),
    ],
)
def test_warnings_leave_the_field_usable(
    assemble_model: AssembleModel, text: str, code: Code, said: str
) -> None:
    found = assemble_model(f"view: v {{ {text} }}\nexplore: v {{}}")
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.severity) == (code, Severity.WARNING)
    assert said in diagnostic.message
    assert found.project.models["shop"].explores["v"].errors == ()


def test_a_mistake_in_a_group_disables_every_member_and_is_said_once(
    assemble_model: AssembleModel,
) -> None:
    found = assemble_model(
        """
        view: v { dimension_group: t { timeframes: [date, week] sql: ${gone} ;; } }
        explore: v {}
        explore: w { from: v }
        """
    )
    explores = found.project.models["shop"].explores
    assert {each.field for each in explores["v"].errors} == {"v.t_date", "v.t_week"}
    assert {each.field for each in explores["w"].errors} == {"w.t_date", "w.t_week"}
    (diagnostic,) = found.diagnostics
    assert (diagnostic.explore, diagnostic.model) == ("v", "shop")


def test_derived_tables(assemble_model: AssembleModel) -> None:
    found = assemble_model(
        """
        explore: v {}
        datagroup: daily { max_cache_age: "24 hours" sql_trigger: SELECT 1 ;; }
        view: v { derived_table: { sql: SELECT 1 AS id ;; datagroup_trigger: daily indexes: ["id"] } dimension: id {} }
        view: native { derived_table: {
          materialized_view: no
          explore_source: v {
            column: id {}
            column: other { field: v.id }
            derived_column: twice { sql: id * 2 ;; }
            filters: [v.id: "5"]
            sorts: [v.id: desc]
            limit: 10
            bind_filters: { from_field: v.id to_field: v.id }
          }
        } }
        """  # noqa: E501
    )
    views = found.project.models["shop"].views
    table = views["v"].derived_table
    assert table is not None
    assert table.sql is not None
    assert (table.sql.text, table.persistence) == (
        "SELECT 1 AS id",
        {"datagroup_trigger": "daily"},
    )
    native = views["native"].derived_table
    assert native is not None
    assert not native.is_persistent
    source = native.explore_source
    assert source is not None
    assert source.explore == "v"
    assert [(each.name, each.field) for each in source.columns] == [("id", ""), ("other", "v.id")]
    assert [(each.name, each.sql.text) for each in source.derived_columns] == [("twice", "id * 2")]
    assert (source.filters, source.sorts, source.limit) == ((("v.id", "5"),), ("v.id desc",), 10)
    assert source.bind_filters == (("v.id", "v.id"),)
    assert found.diagnostics == ()


def test_a_value_that_nothing_is_made_of_spoils_nothing(assemble_model: AssembleModel) -> None:
    found = assemble_model('view: v { dimension: a { suggest_persist_for: "a while" } }')
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.severity) == (Code.INVALID_VALUE, Severity.WARNING)
    assert diagnostic.field == "v.a"
