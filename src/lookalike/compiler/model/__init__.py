"""What a project says: files become models, explores, views and fields, with diagnostics. `model.assemble(...)`."""

from lookalike.compiler.model.assemble import Assembled, SourceFile, assemble
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
from lookalike.compiler.model.project import (
    AccessGrant,
    Datagroup,
    LookmlModel,
    LookmlTest,
    Manifest,
    Project,
)
from lookalike.compiler.model.views import DerivedTable, ExploreSource, FieldSet, View

__all__ = [
    "AGGREGATES",
    "AccessFilter",
    "AccessGrant",
    "AllowedValue",
    "Assembled",
    "Case",
    "ConditionalFilter",
    "Datagroup",
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
    "SourceFile",
    "Sql",
    "View",
    "When",
    "assemble",
]
