"""What a question means: a Query and an Explore become a Plan. `query.plan(...)`."""

from lookalike.compiler.query import plans
from lookalike.compiler.query.asker import Asker
from lookalike.compiler.query.defaults import default_for
from lookalike.compiler.query.names import find_filter, find_name, full_name
from lookalike.compiler.query.planner import plan
from lookalike.compiler.query.plans import Column, Plan, Planned, Role, Select
from lookalike.compiler.query.query import DEFAULT_LIMIT, UNLIMITED, Query
from lookalike.compiler.query.sources import is_numeric, source
from lookalike.compiler.query.wording import Dependence, Reader, Wording, dependence

__all__ = [
    "DEFAULT_LIMIT",
    "UNLIMITED",
    "Asker",
    "Column",
    "Dependence",
    "Plan",
    "Planned",
    "Query",
    "Reader",
    "Role",
    "Select",
    "Wording",
    "default_for",
    "dependence",
    "find_filter",
    "find_name",
    "full_name",
    "is_numeric",
    "plan",
    "plans",
    "source",
]
