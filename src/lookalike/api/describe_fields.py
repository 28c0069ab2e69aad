"""Fields as the API shows them. In: a field of an explore. Out: every property that LookML
determines.

Rule: API, schema LookmlModelExploreField.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from lookalike.api import describe_times as times
from lookalike.api.tiers import tier_labels
from lookalike.compiler import model, query, syntax
from lookalike.wire import lookml_model
from lookalike.wire.lookml_model import LookmlModelExploreFieldEnumeration as Enumeration

TEXTS = frozenset({"string", "tier", "bin", "yesno", "zipcode"})

ZIPCODES = "us_zipcode_tabulation_areas"
"""The map layer of zipcodes, which every map knows."""

Layers: TypeAlias = Mapping[str, model.MapLayer]
"""The map layers of a model by name."""

CATEGORIES: dict[type, str] = {
    model.Dimension: "dimension",
    model.Measure: "measure",
    model.FilterField: "filter",
    model.Parameter: "parameter",
}


class Sight(Struct, frozen=True):
    """What the caller may see, as far as a description depends on it."""

    see_lookml: bool
    develop: bool

    def sql(self, sql: model.Sql | None) -> str | None:
        """SQL of a developer, for those who may see LookML."""
        return sql.text if sql is not None and self.see_lookml else None

    def link(self, project: str, place: syntax.Place) -> str | None:
        """Where the text stands, as a path that clients put behind the server's address."""
        if not self.see_lookml or not place.path:
            return None
        address = _address(project, place.path)
        return f"{address}?line={place.line}" if place.line else address


@lru_cache(10_000)
def _address(project: str, path: str) -> str:
    return f"/projects/{quote(project)}/files/{quote(path, safe='')}"


class Scene(Struct, frozen=True):
    """The explore that fields are shown in, with what many of them share: by alias the view, and
    the heading of fields that have none of their own. What is known so far: `drills` by alias and
    as they are written, `kinds` by what makes fields of one kind.
    """

    explore: model.Explore
    sight: Sight
    layers: Layers
    views: Mapping[str, model.View]
    headings: Mapping[str, str]
    drills: dict[tuple[str, tuple[str, ...]], list[str]]
    kinds: dict[tuple[object, ...], lookml_model.LookmlModelExploreField]


def scene_of(explore: model.Explore, sight: Sight, layers: Layers) -> Scene:
    """What all fields of `explore` are shown with."""
    views = {explore.base: explore.view, **{join.name: join.view for join in explore.joins}}
    headings = {alias: model.heading(explore, alias) for alias in views}
    return Scene(explore, sight, layers, views, headings, {}, {})


def field_out(
    scene: Scene, name: str, field: model.Field, error: str | None = None
) -> lookml_model.LookmlModelExploreField:
    """One field under its full name."""
    alias = name.partition(".")[0]
    project, sight, place = scene.explore.project, scene.sight, field.place
    kind = _kind(scene, name, field)
    # What is rarely written is set only where it is: thousands of fields are shown at once.
    own: dict[str, Any] = {
        "name": name,
        "scope": alias,
        "view": alias,
        "original_view": field.view,
        "source_file": place.path,
        "source_file_path": f"{project}/{place.path}",
        "lookml_link": sight.link(project, place),
        "suggest_dimension": model.full_name(field.suggest_dimension or name, alias),
        "suggest_explore": field.suggest_explore or scene.explore.name,
        "suggestable": is_suggestable(
            scene.views[alias], field, bool(field.suggestions or kind.suggestions)
        ),
    }
    if field.description:
        own["description"] = field.description
    if error is not None:
        own["error"] = error
    if field.hidden:
        own["hidden"] = True
    if field.tags:
        own["tags"] = list(field.tags)
    if field.synonyms:
        own["synonyms"] = list(field.synonyms)
    if field.default_value is not None:
        own["default_filter_value"] = field.default_value
    if field.suggestions:
        own["suggestions"] = list(field.suggestions)
    _add_labels(own, scene, alias, field)
    if sight.see_lookml:
        _add_sql(own, alias, field)
    if isinstance(field, (model.Dimension, model.Measure)):
        _add_column(own, scene, alias, field)
    return replace(kind, **own)


def _kind(scene: Scene, name: str, field: model.Field) -> lookml_model.LookmlModelExploreField:
    """What a field has in common with all of its kind in this explore."""
    is_numeric = query.is_numeric(field, name, scene.explore)
    key = (is_numeric, *_kind_key(field))
    kind = scene.kinds.get(key)
    if kind is None:
        kind = scene.kinds[key] = _shared(scene.explore, field, is_numeric)
    return kind


def _kind_key(field: model.Field) -> tuple[object, ...]:
    """Everything of a field that `_shared` depends on, but for whether it shows numbers."""
    if isinstance(field, model.Dimension):
        times_ = (field.timeframe, field.interval, field.datatype, field.convert_tz)
        values = (field.case, field.tiers, field.style, field.allow_fill)
        return (model.Dimension, field.type, *times_, *values, field.primary_key)
    allowed = field.allowed_values if isinstance(field, model.Parameter) else ()
    return (type(field), field.type, allowed)


def _shared(
    explore: model.Explore, field: model.Field, is_numeric: bool
) -> lookml_model.LookmlModelExploreField:
    """What all fields of the kind of `field` have; of columns the rest is their own."""
    is_column = isinstance(field, (model.Dimension, model.Measure))
    is_over_rows = isinstance(field, model.Measure) and field.is_over_rows
    known = known_values(explore, field)
    return lookml_model.LookmlModelExploreField(
        category=CATEGORIES[type(field)],
        type=field.type,
        measure=isinstance(field, model.Measure),
        parameter=isinstance(field, model.Parameter),
        is_filter=isinstance(field, model.FilterField),
        dynamic=False,
        hidden=False,
        tags=[],
        synonyms=[],
        times_used=0,
        primary_key=isinstance(field, model.Dimension) and field.primary_key,
        project_name=explore.project,
        week_start_day=times.WEEK_DAYS[explore.week_start_day],
        fiscal_month_offset=explore.fiscal_month_offset,
        enumerations=known or None,
        has_allowed_values=isinstance(field, model.Parameter) and bool(field.allowed_values),
        suggestions=[each.value for each in known] or None,
        fill_style=_fill_style(field),
        user_attribute_filter_types=_filter_types(field, is_numeric),
        align="right" if is_numeric else "left",
        is_numeric=is_numeric,
        requires_refresh_on_sort=is_over_rows,
        can_filter=not (isinstance(field, model.Measure) and field.is_of_answer),
        sortable=is_column,
        strict_value_format=False,
        drill_fields=[],
        has_drills_metadata=False,
        links=[],
        **_time(field),
    )


def _add_labels(own: dict[str, Any], scene: Scene, alias: str, field: model.Field) -> None:
    group = field.group if isinstance(field, model.Dimension) else ""
    heading = field.view_label or scene.headings[alias]
    own["label"] = model.label_under(heading, field)
    own["label_short"] = field.label
    own["view_label"] = heading
    own["field_group_variant"] = _variant(field, bool(group))
    if field.group_label:
        own["field_group_label"] = field.group_label
    if group:
        own["dimension_group"] = f"{alias}.{group}"


def _variant(field: model.Field, is_member: bool) -> str:
    """What tells a field from others of its group:
    the words of its timeframe under an implied group label.
    """
    if field.group_item_label:
        return field.group_item_label
    if is_member:
        stem = field.group_label.removesuffix(" Date")
        if stem != field.group_label and field.label.startswith(f"{stem} "):
            return field.label[len(stem) + 1 :]
        stem = field.group_label.removeprefix("Duration ")
        if stem != field.group_label and field.label.endswith(f" {stem}"):
            return field.label[: -len(stem) - 1]
    return field.label


def _add_sql(own: dict[str, Any], alias: str, field: model.Field) -> None:
    own["sql"] = field.sql.text if field.sql else None
    if isinstance(field, model.Dimension):
        # Clients read comments in the SQL of every dimension, so it is never null.
        others = (field.sql_start, field.sql_end, field.latitude, field.longitude)
        if field.sql is None or any(others):
            pieces = (field.sql, *others)
            own["sql"] = "\n".join(piece.text for piece in pieces if piece is not None)
        if field.case is not None:
            own["sql_case"] = _cases(field.case)
    if isinstance(field, model.Measure) and field.filters:
        own["filters"] = [
            lookml_model.LookmlModelExploreFieldMeasureFilters(
                name if "." in name else f"{alias}.{name}", condition
            )
            for name, condition in field.filters
        ]


def _cases(case: model.Case) -> list[lookml_model.LookmlModelExploreFieldSqlCase]:
    return [
        lookml_model.LookmlModelExploreFieldSqlCase(when.label, when.condition.text)
        for when in case.whens
    ]


def _time(field: model.Field) -> dict[str, Any]:
    timeframe = field.timeframe if isinstance(field, model.Dimension) else ""
    found: dict[str, Any] = {
        "is_timeframe": bool(timeframe),
        "is_fiscal": timeframe.startswith("fiscal"),
        "can_time_filter": times.is_point(timeframe),
        "time_interval": times.interval(timeframe) if timeframe else None,
    }
    if timeframe and isinstance(field, model.Dimension):
        found["datatype"] = field.datatype
        found["convert_tz"] = field.convert_tz
    return found


def known_values(explore: model.Explore, field: model.Field) -> list[Enumeration]:
    """Every value of a field, where LookML says which there are."""
    if isinstance(field, model.Parameter):
        return [Enumeration(each.label or each.value, each.value) for each in field.allowed_values]
    if not isinstance(field, model.Dimension):
        return []
    if field.case is not None:
        found = [when.label for when in field.case.whens]
        labels = (*found, field.case.otherwise) if field.case.otherwise is not None else found
    elif field.tiers:
        labels = tier_labels(field.tiers, field.style)
    elif field.type == "yesno" or field.timeframe == "yesno":
        labels = ("Yes", "No")
    else:
        labels = times.values(field.timeframe, explore.week_start_day)
    return [Enumeration(label, label) for label in labels]


def is_suggestable(view: model.View | None, field: model.Field, is_listed: bool) -> bool:
    """Whether values of a field of `view` are suggested; `is_listed` if LookML says which there
    are.
    """
    if isinstance(field, model.Measure):
        return False
    if field.suggestable is not None:
        return field.suggestable
    if view is not None and not view.suggestions:
        return False
    return is_listed or bool(field.suggest_dimension) or field.type in TEXTS


def _fill_style(field: model.Field) -> str | None:
    if not isinstance(field, model.Dimension) or not field.allow_fill:
        return None
    if field.case is not None or field.tiers or field.type == "yesno":
        return "enumeration"
    return times.fill_style(field.timeframe)


def _filter_types(field: model.Field, is_numeric: bool) -> list[str]:
    kind = _filter_kind(field, is_numeric)
    if kind == "yesno":
        return ["yesno", "advanced_filter_string"]
    return [kind, f"advanced_filter_{'string' if kind == 'zipcode' else kind}"]


def _filter_kind(field: model.Field, is_numeric: bool) -> str:
    """The kind of filter that fits: string, number, datetime, yesno or zipcode."""
    if field.type in ("yesno", "zipcode"):
        return field.type
    if is_numeric:
        return "number"
    timeframe = field.timeframe if isinstance(field, model.Dimension) else ""
    is_date = field.type in ("date", "date_time") and not timeframe
    return "datetime" if times.is_point(timeframe) or is_date else "string"


def _add_column(
    own: dict[str, Any], scene: Scene, alias: str, field: model.Dimension | model.Measure
) -> None:
    if not field.can_filter:
        own["can_filter"] = False
    if field.value_format is not None:
        own["value_format"] = field.value_format
    if field.value_format_name is not None:
        own["value_format_name"] = field.value_format_name
    if field.strict_value_format:
        own["strict_value_format"] = True
    if field.label_from_parameter:
        own["label_from_parameter"] = field.label_from_parameter
    drills = _drills(scene, alias, field)
    layer = _map_layer(field, scene.layers)
    if drills:
        own["drill_fields"] = drills
    if layer is not None:
        own["map_layer"] = layer
    if drills or field.links:
        own["has_drills_metadata"] = True
        own["links"] = [
            lookml_model.LookmlFieldLink(link.label, link.url, link.icon_url or None)
            for link in field.links
        ]
    if isinstance(field, model.Measure) and field.comparison is not None:
        own["period_over_period_params"] = _comparison(alias, field)


def _drills(scene: Scene, alias: str, field: model.Dimension | model.Measure) -> list[str]:
    """The drill fields; many measures of a view have the same."""
    if not field.drill_fields and isinstance(field, model.Dimension):
        return []
    key = (alias, field.drill_fields)
    if key not in scene.drills:
        scene.drills[key] = model.drill_fields(scene.explore, f"{alias}.{field.name}")
    return scene.drills[key]


def _comparison(
    alias: str, field: model.Measure
) -> lookml_model.LookmlModelExploreFieldPeriodOverPeriodParams | None:
    found = field.comparison
    if found is None:
        return None
    return lookml_model.LookmlModelExploreFieldPeriodOverPeriodParams(
        based_on=model.full_name(found.based_on, alias) if found.based_on else None,
        based_on_time=model.full_name(found.based_on_time, alias) if found.based_on_time else None,
        period=found.period or None,
        kind=found.kind or None,
        value_to_date=found.value_to_date,
    )


def _map_layer(
    field: model.Dimension | model.Measure, layers: Layers
) -> lookml_model.LookmlModelExploreFieldMapLayer | None:
    """The layer of a dimension: one of its model, or one that every map knows by its name."""
    name = field.map_layer_name if isinstance(field, model.Dimension) else ""
    name = name or (ZIPCODES if field.type == "zipcode" else "")
    if not name:
        return None
    layer = layers.get(name) or model.MapLayer(name=name, format="topojson")
    return lookml_model.LookmlModelExploreFieldMapLayer(
        name=name,
        url=layer.url or layer.file or None,
        format=layer.format or "topojson",
        feature_key=layer.feature_key or None,
        property_key=layer.property_key or None,
        property_label_key=layer.property_label_key or None,
        projection=layer.projection or None,
        extents_json_url=layer.extents_json_url or None,
        max_zoom_level=layer.max_zoom_level,
        min_zoom_level=layer.min_zoom_level,
    )
