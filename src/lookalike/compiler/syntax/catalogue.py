"""The catalogue of diagnostics: what each code means and what to do about it.

The reference page of diagnostics is written from it. Every member of `Code` has a line here.
"""

from __future__ import annotations

from collections.abc import Mapping

from lookalike.compiler.syntax.diagnostics import Code

MEANINGS: Mapping[Code, str] = {
    Code.SYNTAX: (
        "The text is not LookML at this place. "
        "Write parameters as `name: value`, and text of several words in quotes."
    ),
    Code.UNCLOSED_BLOCK: (
        "A `{` or `[` has no partner. Close it where the block or list should end."
    ),
    Code.UNCLOSED_STRING: 'A quoted text has no closing `"`. Add it at the end of the text.',
    Code.UNCLOSED_SQL: (
        "The text of a `sql`, `html` or `expression` parameter does not end. Write `;;` behind it."
    ),
    Code.STRAY_BRACE: (
        "A `}` closes nothing. Remove it, or look for one too many in the lines above."
    ),
    Code.STRAY_COLON: "There is a colon too many. One belongs behind each parameter.",
    Code.TOO_DEEP: (
        "Blocks are nested deeper than any LookML needs, and the inner ones are skipped. "
        "Look for missing `}`."
    ),
    Code.TOO_LARGE: "The file is larger than the limit and is not read. Split it.",
    Code.OLD_LOOKML: (
        "The file is written in YAML, as LookML was before 2016. "
        "Rewrite it with braces; give a dashboard's file a name in `.dashboard.lookml`."
    ),
    Code.UNKNOWN_PARAMETER: (
        "The parameter does not exist on this kind of object, or means nothing for the type of the "
        "field. Correct its name, move it or remove it."
    ),
    Code.INVALID_VALUE: (
        "The value is not one that the parameter takes, or one that is needed is not there. "
        "Write it as the message says."
    ),
    Code.DUPLICATE_PARAMETER: (
        "The parameter stands twice on one object, and the last one counts. Remove the others."
    ),
    Code.DUPLICATE_OBJECT: (
        "Two objects of a kind have one name. Rename one, or refine the first with `+name`."
    ),
    Code.DUPLICATE_FIELD: (
        "Two fields of a view have one name and are merged. Rename or remove one."
    ),
    Code.DEPRECATED: "The parameter is out of use but still read. Write its successor instead.",
    Code.INCLUDE_NOT_FOUND: "No file matches the pattern of an `include`. Correct the path.",
    Code.UNKNOWN_PROJECT: (
        "An include names a project that the manifest does not import, or the manifest one whose "
        "files are not here. Declare it as a `local_dependency` or `remote_dependency`, and lock "
        "the remote ones."
    ),
    Code.UNKNOWN_CONSTANT: (
        "`@{name}` refers to a constant that no manifest declares. Declare it or correct the name."
    ),
    Code.CIRCULAR_CONSTANT: "A constant contains itself. Break the circle.",
    Code.MISSING_MODEL: (
        "A project has LookML and no model, so nothing can be asked of it. Name the file of a "
        "model so that it ends in `.model.lkml`."
    ),
    Code.MISSING_CONNECTION: (
        "A model has no `connection`, or one that does not exist. Name an existing connection."
    ),
    Code.UNKNOWN_VIEW: ("No view of that name is included. Include its file, or correct the name."),
    Code.UNKNOWN_MODEL: (
        "The project has no model of that name. Correct the name, or add the project that has it."
    ),
    Code.UNKNOWN_EXPLORE: (
        "No explore of that name is included. Include its file, or correct the name."
    ),
    Code.UNKNOWN_JOIN: "The explore has no join of that name. Join it, or correct the name.",
    Code.UNKNOWN_DASHBOARD: (
        "No dashboard of that name is included. Include its file, or correct the name."
    ),
    Code.UNKNOWN_FILTER: (
        "A tile or filter listens to a filter that its dashboard does not have. "
        "Declare it in `filters`, or correct the name."
    ),
    Code.CIRCULAR_EXTENDS: "An object extends itself, perhaps through others. Break the circle.",
    Code.REFINEMENT_WITHOUT_BASE: (
        "A `+name` refines an object that is not included. "
        "Include the base before the refinement, or remove the `+`."
    ),
    Code.REFINEMENT_AFTER_FINAL: ("A refinement follows one that is `final: yes`. Remove either."),
    Code.TABLE_AND_DERIVED_TABLE: (
        "A view has both `sql_table_name` and `derived_table`. Keep one of them."
    ),
    Code.MULTIPLE_PRIMARY_KEYS: (
        "A view has more than one primary key. Make one dimension of the columns together."
    ),
    Code.MISSING_RELATIONSHIP: (
        "A join does not say its `relationship`, so `many_to_one` is assumed. Write it."
    ),
    Code.MISSING_JOIN_CONDITION: (
        "A join has neither `sql_on` nor `foreign_key`. Say how its rows are found."
    ),
    Code.MISSING_PRIMARY_KEY: (
        "The view needs a primary key here. Mark the dimension that is unique "
        "with `primary_key: yes`."
    ),
    Code.UNKNOWN_SET: "No set has that name here. Declare it or correct the name.",
    Code.UNKNOWN_GRANT: "No `access_grant` has that name. Declare it in the model.",
    Code.UNKNOWN_DATAGROUP: "No `datagroup` has that name. Declare it in the model.",
    Code.UNKNOWN_MAP_LAYER: (
        "The map layer is neither declared nor one that every map knows. Declare it, or correct"
        " its name."
    ),
    Code.UNKNOWN_VALUE_FORMAT: (
        "`value_format_name` names neither a built-in nor a declared format. "
        "Use one that exists, or declare a `named_value_format`."
    ),
    Code.UNKNOWN_FIELD: (
        "No field of that name, or none of the kind that is asked for, can be seen here. "
        "Correct the name; a dimension group is named with its timeframe, as `created_date`."
    ),
    Code.INACCESSIBLE_VIEW: (
        "A field refers to a view that the explore does not join. Join the view, "
        "or leave the field out with `fields`."
    ),
    Code.CIRCULAR_REFERENCE: (
        "Fields or tables refer to each other in a circle. Let one of them stand on a column."
    ),
    Code.AGGREGATE_IN_DIMENSION: (
        "A dimension refers to a measure. Make it a measure, or refer to a dimension."
    ),
    Code.NESTED_AGGREGATE: (
        "A measure that aggregates refers to another measure, or something refers to one that is "
        "computed on an answer. Use `type: number`, or refer to what that is made of."
    ),
    Code.UNEXPECTED_SQL: "The field takes no `sql` of its own. Remove it, or change the `type`.",
    Code.MISSING_SQL: "The field needs a `sql` that it has not. Write one.",
    Code.NOT_A_PARAMETER: (
        "What is named here has to be a `parameter` of a view. Name one that is."
    ),
    Code.LIQUID: (
        "The Liquid of a text cannot be rendered, or names a filter that does not exist. "
        "Correct the tag, the variable or the filter."
    ),
    Code.UNSAFE_TEXT: (
        "Text typed by a user would have become SQL. Use `{% condition %}` or `{% parameter %}`, "
        "which quote it, outside of quotes of your own; and close all quotes and comments."
    ),
    Code.MISSING_TRANSLATION: (
        "A text has no translation although the manifest asks for one. "
        "Add it to the named `<locale>.strings.json`, or write `localization_level: permissive`."
    ),
    Code.EMPTY_QUERY: "The query asks for no field. Add at least one dimension or measure.",
    Code.INVALID_FILTER: (
        "The filter expression does not fit the type of its field. Write it as the message says."
    ),
    Code.INVALID_LIMIT: "The limit is not a whole number. Write one, or -1 for no limit.",
    Code.INVALID_EXPRESSION: (
        "A custom field or filter is not a Looker expression. Correct it where the message points."
    ),
    Code.INVALID_TIMEZONE: "The time zone is not known. Use a name such as `Europe/Berlin`.",
    Code.INVALID_COMPARISON: (
        "A measure that compares periods stands beside no timeframe, or beside one that it can't "
        "be compared by. Select a timeframe as the message says."
    ),
    Code.FILTER_NOT_ALLOWED: "The field cannot be filtered here. Remove the filter.",
    Code.MISSING_ATTRIBUTE: (
        "An access filter or template needs a user attribute that the user has no value for. "
        "Give the attribute a value."
    ),
    Code.FAN_OUT_WITHOUT_KEY: (
        "A join repeats the rows of a measure's view, and the view has no primary key to count "
        "each once. Declare the primary key."
    ),
    Code.NOT_SUPPORTED: (
        "This is LookML or a query that lookalike does not serve yet. Leave it out for now."
    ),
    Code.BUDGET: (
        "The work needs more steps, depth or output than is granted to one text. Make it smaller."
    ),
    Code.ASSERTION_FAILED: (
        "An assertion of a data test does not hold for a row of its answer, or cannot be judged. "
        "Correct the data, the fields or the assertion."
    ),
    Code.TEST_QUERY_FAILED: (
        "The query of a data test cannot be run, so nothing is known about its assertions. "
        "Correct what the message says."
    ),
}
