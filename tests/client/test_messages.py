"""Requests as they leave, and answers and errors as they are read."""

from __future__ import annotations

import json

import pytest

from lookalike.client import (
    ApiError,
    ClientError,
    Conflict,
    Invalid,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    RateLimited,
    ServerError,
    Settings,
    Unreadable,
)
from lookalike.client.bodies import body_of
from lookalike.client.messages import Response, answer_of, request_for, signed
from lookalike.wire import api_auth, config, project, query, session, validation
from lookalike.wire.ids import Id
from lookalike.wire.operation import Nothing

SETTINGS = Settings(base_url="https://looker.example:19999/", client_id="id", client_secret="s3")
GET_SESSION = request_for(SETTINGS, session.session, Nothing(), Nothing())


def url(params: query.UrlQueryParams) -> str:
    return request_for(SETTINGS, query.run_url_encoded_query, params, Nothing()).url


def test_a_request_without_a_body() -> None:
    assert GET_SESSION.method == "GET"
    assert GET_SESSION.url == "https://looker.example:19999/api/4.0/session"
    assert GET_SESSION.headers == {"accept": "application/json"}
    assert signed(GET_SESSION, "t").headers["authorization"] == "Bearer t"


def test_a_login_is_a_form() -> None:
    credential = api_auth.Credentials(client_id="a&b", client_secret="c d")
    request = request_for(SETTINGS, api_auth.login, api_auth.Credentials(), credential)
    assert request.content == b"client_id=a%26b&client_secret=c+d"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "c+d" not in repr(request)


def test_what_was_not_said_is_not_sent() -> None:
    body = query.WriteQuery(model="shop", view="orders", limit="-1")
    request = request_for(
        SETTINGS, query.run_inline_query, query.RunParams(result_format="csv"), body
    )
    assert json.loads(request.content) == {"model": "shop", "view": "orders", "limit": "-1"}
    assert request.url.endswith("/queries/run/csv")
    assert request.headers["accept"] == "*/*"


def test_a_property_that_can_be_cleared_is_sent_when_it_is_said() -> None:
    body = project.WriteProject(git_remote_url=None, name="shop", allow_warnings=None)
    request = request_for(
        SETTINGS, project.update_project, project.ProjectParams(project_id="shop"), body
    )
    assert json.loads(request.content) == {"git_remote_url": None, "name": "shop"}
    given = {"git_remote_url": None, "git_service_name": "bare"}
    assert body_of(project.WriteProject, given) == project.WriteProject(
        git_remote_url=None, git_service_name="bare"
    )


def test_an_answer_that_may_be_absent_is_none() -> None:
    asked = validation.project_validation_results
    params = validation.ValidationParams(project_id="shop")
    request = request_for(SETTINGS, asked, params, Nothing())
    assert answer_of(asked, request, Response(status=204)) is None
    found = answer_of(asked, request, Response(status=200, content=b'{"stale":true}'))
    assert found.stale is True
    with pytest.raises(Unreadable):
        answer_of(asked, request, Response(status=200))


def test_query_parameters() -> None:
    asked = url(
        query.UrlQueryParams(
            model_name="shop",
            view_name="orders",
            result_format="json",
            fields=["a.x", "a.y"],
            f={"a.z": "new,-old"},
            sorts=["a.x desc, b", "a.y"],
            limit="5",
            apply_formatting=True,
            total=False,
        )
    )
    assert asked.split("?")[1].split("&") == [
        "fields=a.x%2Ca.y",
        "f%5Ba.z%5D=new%2C-old",
        "sorts=%5B%22a.x+desc%2C+b%22%2C%22a.y%22%5D",
        "limit=5",
        "total=false",
        "apply_formatting=true",
    ]


@pytest.mark.parametrize(
    ("given", "sent"),
    [("a/b", "a%2Fb"), ("..", "%2E%2E"), (".", "%2E"), ("a?b#c", "a%3Fb%23c"), ("ä", "%C3%A4")],
)
def test_a_path_value_stays_in_its_segment(given: str, sent: str) -> None:
    params = project.ProjectParams(project_id=given)
    request = request_for(SETTINGS, project.project, params, Nothing())
    assert request.url.endswith(f"/api/4.0/projects/{sent}")


def test_an_empty_path_value_is_refused() -> None:
    with pytest.raises(ValueError, match="`project_id` is empty"):
        request_for(SETTINGS, project.project, project.ProjectParams(project_id=""), Nothing())


def test_an_operation_of_the_other_version_is_refused() -> None:
    old = Settings(base_url="http://x", client_id="a", client_secret="b", api_version="3.1")
    params = config.ApiSpecParams(api_version="4.0", specification="swagger.json")
    with pytest.raises(ClientError, match=r"`api_spec` is not in API 3\.1"):
        request_for(old, config.api_spec, params, Nothing())


def test_an_answer_is_read_whatever_the_ids_look_like() -> None:
    for raw in (b'{"workspace_id":"dev","sudo_user_id":7}', b'{"sudo_user_id":"7","new":[1]}'):
        answer = answer_of(session.session, GET_SESSION, Response(status=200, content=raw))
        assert answer.sudo_user_id == Id("7")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Invalid),
        (401, NotAuthenticated),
        (403, NotAllowed),
        (404, NotFound),
        (409, Conflict),
        (418, ApiError),
        (422, Invalid),
        (429, RateLimited),
        (500, ServerError),
        (503, ServerError),
    ],
)
def test_errors_are_told_apart(status: int, kind: type[ApiError]) -> None:
    body = {
        "message": "Validation Failed",
        "documentation_url": "https://docs",
        "errors": [{"field": "workspace_id", "code": "invalid", "message": "is unknown"}],
    }
    response = Response(
        status=status, headers={"retry-after": "5"}, content=json.dumps(body).encode()
    )
    with pytest.raises(ApiError) as caught:
        answer_of(session.session, GET_SESSION, response)
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.message, error.retry_after) == (status, "Validation Failed", 5)
    assert error.documentation_url == "https://docs"
    assert error.errors[0].field == "workspace_id"
    assert str(error) == (
        f"{status} Validation Failed: `workspace_id`: is unknown (GET /api/4.0/session)"
    )


def test_a_message_that_is_its_only_detail_is_said_once() -> None:
    said = "there is no field `a.x`; did you mean `a.y`?"
    body = {"message": said, "errors": [{"field": "a.x", "message": said}]}
    response = Response(status=422, content=json.dumps(body).encode())
    with pytest.raises(ApiError) as caught:
        answer_of(session.session, GET_SESSION, response)
    assert str(caught.value) == f"422 {said} (GET /api/4.0/session)"
    assert caught.value.errors[0].field == "a.x"


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (Response(status=502, content=b"<html>nginx</html>"), "502 Bad Gateway"),
        (Response(status=502, content=b"upstream\n is down"), "502 upstream is down"),
        (Response(status=301, headers={"location": "https://y/"}), "sends on to `https://y/`"),
        (Response(status=500, content=b'{"message":null,"errors":7}'), "500"),
        (Response(status=500, content=b"[" * 100_000), "500"),
        (Response(status=799), "799 no success"),
    ],
)
def test_errors_of_others_are_readable_too(response: Response, said: str) -> None:
    with pytest.raises(ApiError) as caught:
        answer_of(session.session, GET_SESSION, response)
    assert said in str(caught.value)


def test_a_refused_login_is_not_a_thing_not_found() -> None:
    request = request_for(SETTINGS, api_auth.login, api_auth.Credentials(), api_auth.Credentials())
    with pytest.raises(NotAuthenticated, match="404 Not found; check `client_id`"):
        answer_of(api_auth.login, request, Response(status=404, content=b'{"message":"Not found"}'))


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b'{"workspace_id":5}'])
def test_what_is_no_answer_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(Unreadable, match=r"GET /api/4\.0/session.*base_url"):
        answer_of(session.session, GET_SESSION, Response(status=200, content=raw))


def test_bodies_are_given_in_three_ways() -> None:
    wanted = session.WriteApiSession(workspace_id="dev")
    whole = session.ApiSession(workspace_id="dev", can={"update": True})
    for given in (wanted, whole, {"workspace_id": "dev"}):
        assert body_of(session.WriteApiSession, given) == wanted


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"workspace": "dev"}, "no property `workspace`; did you mean `workspace_id`"),
        ({"zzz": "dev"}, "no property `zzz`; it has workspace_id"),
        ({"workspace_id": 5}, "no `WriteApiSession`"),
    ],
)
def test_a_wrong_body_is_not_sent(given: dict[str, object], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        body_of(session.WriteApiSession, given)
