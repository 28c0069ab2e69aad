"""What a project says: files become models, explores, views, fields. `model.assemble(...)`."""

from lookalike.compiler.model.assemble import Assembled, Reuse, assemble
from lookalike.compiler.model.check import check
from lookalike.compiler.model.compare import Change, compare, touched
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
    Sql,
    When,
)
from lookalike.compiler.model.gather import SourceFile
from lookalike.compiler.model.labels import humanise, label, view_label
from lookalike.compiler.model.manifests import MANIFEST, dependencies, remote_dependencies
from lookalike.compiler.model.project import (
    AccessGrant,
    Constant,
    Datagroup,
    Dependency,
    LookmlModel,
    LookmlTest,
    Manifest,
    Project,
)
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
    "TIMEFRAMES",
    "AccessFilter",
    "AccessGrant",
    "AllowedValue",
    "Assembled",
    "Case",
    "Change",
    "ConditionalFilter",
    "Constant",
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
    "Join",
    "JoinType",
    "Link",
    "LookmlModel",
    "LookmlTest",
    "Manifest",
    "Measure",
    "Parameter",
    "Project",
    "Relationship",
    "Reuse",
    "SourceColumn",
    "SourceFile",
    "Sql",
    "Timeframe",
    "View",
    "When",
    "assemble",
    "check",
    "compare",
    "dependencies",
    "humanise",
    "label",
    "remote_dependencies",
    "touched",
    "view_label",
]
