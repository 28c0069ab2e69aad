"""What a project says: files become models, explores, views, fields. `model.assemble(...)`."""

from lookalike.compiler.model.assemble import Assembled, assemble
from lookalike.compiler.model.check import check
from lookalike.compiler.model.compare import Change, compare, touched
from lookalike.compiler.model.dashboards import (
    Dashboard,
    DashboardElement,
    DashboardFile,
    DashboardFilter,
    TileQuery,
)
from lookalike.compiler.model.drills import drill_fields, expand, named_values
from lookalike.compiler.model.explores import (
    AccessFilter,
    ConditionalFilter,
    Explore,
    Join,
    JoinType,
    Relationship,
)
from lookalike.compiler.model.field_lists import group_member
from lookalike.compiler.model.fields import (
    AGGREGATES,
    OF_ANSWER,
    AllowedValue,
    Case,
    Dimension,
    Field,
    FilterField,
    Link,
    Measure,
    Parameter,
    Sql,
)
from lookalike.compiler.model.filter_kinds import filter_kind, is_date_type
from lookalike.compiler.model.findings import did_you_mean
from lookalike.compiler.model.gather import Gathered, SourceFile
from lookalike.compiler.model.labels import heading, label, label_under, view_label
from lookalike.compiler.model.lineage import behind, derived_tables
from lookalike.compiler.model.loading import Opened, open_project
from lookalike.compiler.model.localization import STRINGS_FILE, localize, translations
from lookalike.compiler.model.manifests import MANIFEST, dependencies, remote_dependencies
from lookalike.compiler.model.names import full_name
from lookalike.compiler.model.overview import ListedExplore, Overview, overview_of
from lookalike.compiler.model.periods import PeriodComparison, finest_timeframe
from lookalike.compiler.model.project import (
    Datagroup,
    LookmlModel,
    LookmlTest,
    Manifest,
    MapLayer,
    Project,
)
from lookalike.compiler.model.reuse import Reuse
from lookalike.compiler.model.timeframes import INTERVALS, TIMEFRAMES, Timeframe
from lookalike.compiler.model.views import (
    DerivedTable,
    ExploreSource,
    View,
)

__all__ = [
    "AGGREGATES",
    "INTERVALS",
    "MANIFEST",
    "OF_ANSWER",
    "STRINGS_FILE",
    "TIMEFRAMES",
    "AccessFilter",
    "AllowedValue",
    "Assembled",
    "Case",
    "Change",
    "ConditionalFilter",
    "Dashboard",
    "DashboardElement",
    "DashboardFile",
    "DashboardFilter",
    "Datagroup",
    "DerivedTable",
    "Dimension",
    "Explore",
    "ExploreSource",
    "Field",
    "FilterField",
    "Gathered",
    "Join",
    "JoinType",
    "Link",
    "ListedExplore",
    "LookmlModel",
    "LookmlTest",
    "Manifest",
    "MapLayer",
    "Measure",
    "Opened",
    "Overview",
    "Parameter",
    "PeriodComparison",
    "Project",
    "Relationship",
    "Reuse",
    "SourceFile",
    "Sql",
    "TileQuery",
    "Timeframe",
    "View",
    "assemble",
    "behind",
    "check",
    "compare",
    "dependencies",
    "derived_tables",
    "did_you_mean",
    "drill_fields",
    "expand",
    "filter_kind",
    "finest_timeframe",
    "full_name",
    "group_member",
    "heading",
    "is_date_type",
    "label",
    "label_under",
    "localize",
    "named_values",
    "open_project",
    "overview_of",
    "remote_dependencies",
    "touched",
    "translations",
    "view_label",
]
