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
from lookalike.compiler.model.drills import drill_fields, expand
from lookalike.compiler.model.explores import (
    AccessFilter,
    ConditionalFilter,
    Explore,
    Join,
    JoinType,
    Relationship,
)
from lookalike.compiler.model.fields import (
    AGGREGATES,
    AllowedValue,
    Case,
    Dimension,
    Field,
    FilterField,
    Link,
    Measure,
    Parameter,
    PeriodComparison,
    Sql,
    When,
)
from lookalike.compiler.model.findings import did_you_mean
from lookalike.compiler.model.gather import Gathered, SourceFile
from lookalike.compiler.model.labels import heading, humanise, label, label_under, view_label
from lookalike.compiler.model.lineage import behind, derived_tables
from lookalike.compiler.model.loading import Opened, open_project
from lookalike.compiler.model.localization import STRINGS_FILE, localize, translations
from lookalike.compiler.model.manifests import MANIFEST, dependencies, remote_dependencies
from lookalike.compiler.model.overview import ListedExplore, Overview, overview_of
from lookalike.compiler.model.project import (
    AccessGrant,
    Constant,
    Datagroup,
    Dependency,
    LookmlModel,
    LookmlTest,
    Manifest,
    MapLayer,
    NamedFormat,
    Project,
)
from lookalike.compiler.model.reuse import Reuse
from lookalike.compiler.model.template_names import names_in
from lookalike.compiler.model.timeframes import INTERVALS, TIMEFRAMES, Timeframe
from lookalike.compiler.model.views import (
    DerivedColumn,
    DerivedTable,
    ExploreSource,
    FieldSet,
    SourceColumn,
    View,
)

__all__ = [
    "AGGREGATES",
    "INTERVALS",
    "MANIFEST",
    "STRINGS_FILE",
    "TIMEFRAMES",
    "AccessFilter",
    "AccessGrant",
    "AllowedValue",
    "Assembled",
    "Case",
    "Change",
    "ConditionalFilter",
    "Constant",
    "Dashboard",
    "DashboardElement",
    "DashboardFile",
    "DashboardFilter",
    "Datagroup",
    "Dependency",
    "DerivedColumn",
    "DerivedTable",
    "Dimension",
    "Explore",
    "ExploreSource",
    "Field",
    "FieldSet",
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
    "NamedFormat",
    "Opened",
    "Overview",
    "Parameter",
    "PeriodComparison",
    "Project",
    "Relationship",
    "Reuse",
    "SourceColumn",
    "SourceFile",
    "Sql",
    "TileQuery",
    "Timeframe",
    "View",
    "When",
    "assemble",
    "behind",
    "check",
    "compare",
    "dependencies",
    "derived_tables",
    "did_you_mean",
    "drill_fields",
    "expand",
    "heading",
    "humanise",
    "label",
    "label_under",
    "localize",
    "names_in",
    "open_project",
    "overview_of",
    "remote_dependencies",
    "touched",
    "translations",
    "view_label",
]
