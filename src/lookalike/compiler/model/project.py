"""Projects and models: what all files of a project mean together."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lookalike.compiler.model.dashboards import Dashboard
from lookalike.compiler.model.explores import Explore
from lookalike.compiler.model.fields import Sql
from lookalike.compiler.model.views import ExploreSource, View
from lookalike.compiler.syntax import NOWHERE, Diagnostic, Place


class Constant(Struct, frozen=True):
    """`export` is `none`, `override_optional` or `override_required`."""

    name: str
    value: str
    export: str = "none"


class Dependency(Struct, frozen=True, kw_only=True):
    """An imported project; `url` and `ref` are empty for a local one. `overrides` maps constant to
    value; `override_places` say where they stand."""

    name: str
    url: str = ""
    ref: str = ""
    overrides: Mapping[str, str]
    override_places: Mapping[str, Place]
    place: Place


class Manifest(Struct, frozen=True, kw_only=True):
    """`localization_place` is where `localization_settings` stand. With `imports_locales` the texts
    of imported projects count, too."""

    project_name: str = ""
    constants: Mapping[str, Constant]
    dependencies: tuple[Dependency, ...] = ()
    default_locale: str = ""
    localization_level: str = ""
    imports_locales: bool = False
    localization_place: Place = NOWHERE


class AccessGrant(Struct, frozen=True):
    """Met when the asker's `user_attribute` equals one of `allowed_values`."""

    name: str
    user_attribute: str
    allowed_values: tuple[str, ...]


class NamedFormat(Struct, frozen=True):
    """A value format that fields name; a strict one is the same for readers of every language."""

    value_format: str
    is_strict: bool = False


class MapLayer(Struct, frozen=True, kw_only=True):
    """Regions that a map shows. Empty texts are not written."""

    name: str
    file: str = ""
    url: str = ""
    format: str = ""
    feature_key: str = ""
    property_key: str = ""
    property_label_key: str = ""
    projection: str = ""
    extents_json_url: str = ""
    label: str = ""
    max_zoom_level: int | None = None
    min_zoom_level: int | None = None


class Datagroup(Struct, frozen=True):
    name: str
    max_cache_age: str = ""
    sql_trigger: Sql | None = None
    interval_trigger: str = ""
    label: str = ""
    description: str = ""


class LookmlTest(Struct, frozen=True):
    """A data test: the question that `source` asks, and `(name, expression)` of each assertion."""

    name: str
    explore: str
    asserts: tuple[tuple[str, Sql], ...]
    place: Place
    source: ExploreSource | None = None


class LookmlModel(Struct, frozen=True, kw_only=True):
    """One model file with all it includes. Explores with `extension: required` are left out."""

    name: str
    place: Place
    label: str
    connection: str
    connection_place: Place
    label_place: Place = NOWHERE
    explores: Mapping[str, Explore]
    views: Mapping[str, View]
    access_grants: Mapping[str, AccessGrant]
    datagroups: Mapping[str, Datagroup]
    tests: tuple[LookmlTest, ...] = ()
    files: tuple[str, ...] = ()  # paths, in include order
    week_start_day: int = 0
    fiscal_month_offset: int = 0
    value_formats: Mapping[str, NamedFormat] = {}
    map_layers: Mapping[str, MapLayer] = {}
    dashboards: Mapping[str, Dashboard] = {}


class Project(Struct, frozen=True, kw_only=True):
    """`name` is the id under which the instance knows the project. `strings` are its texts in other
    languages: by locale, then by the text as written; under the empty locale those of the
    default."""

    name: str
    manifest: Manifest
    models: Mapping[str, LookmlModel]
    diagnostics: tuple[Diagnostic, ...] = ()
    strings: Mapping[str, Mapping[str, str]] = {}
