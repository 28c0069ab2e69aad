"""Query: questions, saved and run."""

from __future__ import annotations

from lookalike.api import questions
from lookalike.api.call import Call
from lookalike.api.handlers import Lane, serves
from lookalike.api.row_ids import row_id
from lookalike.instance import queries
from lookalike.wire import query
from lookalike.wire.ids import Id
from lookalike.wire.operation import Masked, Nothing


@serves(query.create_query)
def create_query(call: Call, params: Masked, body: query.WriteQuery) -> query.Query:
    question, beside = questions.question_in(body)
    saved = queries.save(call.instance, call.caller, question, beside)
    return questions.query_out(call, saved)


@serves(query.query)
def get_query(call: Call, params: query.QueryParams, body: Nothing) -> query.Query:
    return questions.query_out(call, _saved(call, params.query_id))


@serves(query.query_for_slug)
def get_query_for_slug(call: Call, params: query.SlugParams, body: Nothing) -> query.Query:
    return questions.query_out(call, queries.find_by_slug(call.instance, call.caller, params.slug))


@serves(query.run_query, Lane.QUERY)
def run_query(call: Call, params: query.RunQueryParams, body: Nothing) -> queries.Stream:
    saved = _saved(call, params.query_id)
    return queries.run(
        call.instance,
        call.caller,
        saved.question,
        params.result_format,
        _options(call, params),
        saved,
    )


@serves(query.run_inline_query, Lane.QUERY)
def run_inline_query(call: Call, params: query.RunParams, body: query.WriteQuery) -> queries.Stream:
    question, _ = questions.question_in(body)
    options = _options(call, params)
    return queries.run(call.instance, call.caller, question, params.result_format, options)


@serves(query.run_url_encoded_query, Lane.QUERY)
def run_url_encoded_query(
    call: Call, params: query.UrlQueryParams, body: Nothing
) -> queries.Stream:
    question, _ = questions.question_in(questions.query_in_url(params))
    options = queries.RunOptions(
        apply_formatting=params.apply_formatting,
        force_production=params.force_production,
        on_start=call.leaving.started,
    )
    return queries.run(call.instance, call.caller, question, params.result_format, options)


def _saved(call: Call, number: Id) -> queries.SavedQuestion:
    return queries.get_query(call.instance, call.caller, row_id(number, "query"))


def _options(call: Call, params: query.RunParams) -> queries.RunOptions:
    return queries.RunOptions(
        limit=params.limit,
        apply_formatting=params.apply_formatting,
        drill_from=questions.drill_from(params),
        force_production=params.force_production,
        on_start=call.leaving.started,
    )
