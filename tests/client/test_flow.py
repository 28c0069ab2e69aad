"""The flow without a socket: requests are looked at as they come, and answered by hand."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import pytest

from lookalike.client import (
    ApiSession,
    Invalid,
    NotAuthenticated,
    RateLimited,
    Renewal,
    ServerError,
    Settings,
    Timeout,
    WorkspaceLost,
)
from lookalike.client.flow import Alone, Flow, Pause, Steps
from lookalike.client.messages import Request, Response
from lookalike.wire import api_auth, config, query, session, user
from lookalike.wire.operation import Masked, Nothing, Operation

A = TypeVar("A")

SETTINGS = Settings(base_url="http://looker", client_id="id", client_secret="secret")
LOGIN = "POST /api/4.0/login"
CHOOSE = "PATCH /api/4.0/session"
ME = "GET /api/4.0/user"
SESSION = "GET /api/4.0/session"
REFUSED = Response(status=401, content=b'{"message":"Requires authentication."}')


def token(name: str, seconds: int = 3600) -> Response:
    body = {"access_token": name, "token_type": "Bearer", "expires_in": seconds}
    return Response(status=200, content=json.dumps(body).encode())


def in_workspace(name: str) -> Response:
    return Response(status=200, content=json.dumps({"workspace_id": name}).encode())


def failure(status: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status=status, headers=named, content=b'{"message":"no"}')


ANSWER = Response(status=200, content=b'{"email":"a@b.c"}')
Reply = Response | Exception


@dataclass
class Life:
    """One client's flow, the time, and what it sent: the request line and the token."""

    now: float = 0.0
    sent: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    renewals: list[Renewal] = field(default_factory=list)
    flow: Flow = field(init=False)

    def __post_init__(self) -> None:
        self.flow = Flow(SETTINGS, lambda: self.now, self.renewals.append)

    def steps(self, operation: Operation[Any, Any, A], body: Any = None) -> Steps[A]:
        return self.flow.exchange(operation, operation.params(), body or Nothing())

    def me(self, *replies: Reply) -> user.User:
        return self.play(self.steps(user.me), replies)

    def choose(self, workspace: str | None, *replies: Reply) -> ApiSession:
        body = session.WriteApiSession(workspace_id=workspace)
        return self.play(self.steps(session.update_session, body), replies)

    def play(self, steps: Steps[A], replies: Iterable[Reply]) -> A:
        """Answer every request with the next reply; all of them must be asked for."""
        left = list(replies)
        answer = self.drive(steps, left)
        assert not left, f"nobody asked for {left}"
        return answer

    def drive(self, steps: Steps[A], left: list[Reply]) -> A:
        resume: Callable[[], Any] = partial(next, steps)
        while True:
            try:
                step = resume()
            except StopIteration as done:
                answer: A = done.value
                return answer
            try:
                reply = self.reply_to(step, left)
            except Exception as error:
                resume = partial(steps.throw, error)
            else:
                resume = partial(steps.send, reply)

    def reply_to(self, step: Any, left: list[Reply]) -> Any:
        if isinstance(step, Alone):
            return self.drive(step.steps, left)
        if isinstance(step, Pause):
            return self.pauses.append(step.seconds)
        self.note(step)
        reply = left.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def note(self, request: Request) -> None:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        self.sent.append((request.line, bearer))
        self.bodies.append(request.content)


def life_in_dev() -> Life:
    """Logged in with token `t1`, in dev."""
    life = Life()
    life.choose("dev", token("t1"), in_workspace("dev"))
    life.sent.clear()
    life.bodies.clear()
    return life


def test_the_first_call_logs_in_and_the_next_does_not() -> None:
    life = Life()
    assert life.me(token("t1"), ANSWER).email == "a@b.c"
    assert life.bodies[0] == b"client_id=id&client_secret=secret"
    life.me(ANSWER)
    assert life.sent == [(LOGIN, ""), (ME, "t1"), (ME, "t1")]
    assert life.renewals == []


def test_a_renewed_session_enters_its_workspace_before_the_request_goes_out() -> None:
    life = life_in_dev()
    life.now = 3589.9
    life.me(ANSWER)
    life.now = 3590.0
    life.me(token("t2"), in_workspace("dev"), ANSWER)
    assert life.sent == [(ME, "t1"), (LOGIN, ""), (CHOOSE, "t2"), (ME, "t2")]
    assert json.loads(life.bodies[2]) == {"workspace_id": "dev"}
    assert life.renewals == [Renewal("dev")]


def test_a_short_life_is_used_to_nine_tenths() -> None:
    life = Life()
    life.me(token("t1", seconds=5), ANSWER)
    life.now = 4.4
    life.me(ANSWER)
    life.now = 4.5
    life.me(token("t2", seconds=5), ANSWER)
    assert [line for line, _ in life.sent] == [LOGIN, ME, ME, LOGIN, ME]


def test_a_refused_token_is_renewed_once_and_the_request_repeated_once() -> None:
    life = life_in_dev()
    life.me(REFUSED, token("t2"), in_workspace("dev"), ANSWER)
    assert life.sent == [(ME, "t1"), (LOGIN, ""), (CHOOSE, "t2"), (ME, "t2")]
    life.sent.clear()
    with pytest.raises(NotAuthenticated):
        life.me(REFUSED, token("t3"), in_workspace("dev"), REFUSED)
    assert life.sent == [(ME, "t2"), (LOGIN, ""), (CHOOSE, "t3"), (ME, "t3")]


def test_a_post_is_repeated_with_its_body() -> None:
    life = life_in_dev()
    body = query.WriteQuery(model="shop", view="orders")
    steps = life.flow.exchange(query.create_query, Masked(), body)
    answer = Response(status=200, content=b'{"id":"1"}')
    life.play(steps, [REFUSED, token("t2"), in_workspace("dev"), answer])
    assert life.bodies[0] == life.bodies[3] == b'{"model":"shop","view":"orders"}'


@pytest.mark.parametrize(
    "reply",
    [failure(403), failure(422), failure(500), Timeout("late"), in_workspace("production")],
    ids=["not allowed", "invalid", "server error", "timeout", "another workspace"],
)
def test_a_lost_workspace_is_said_and_nothing_is_sent_until_it_is_found(reply: Reply) -> None:
    life = life_in_dev()
    life.now = 4000
    with pytest.raises(WorkspaceLost, match="not in the workspace `dev`"):
        life.me(token("t2"), reply)
    with pytest.raises(WorkspaceLost):
        life.me(reply)
    assert ME not in [line for line, _ in life.sent]
    life.me(in_workspace("dev"), ANSWER)
    assert life.sent[-2:] == [(CHOOSE, "t2"), (ME, "t2")]
    assert life.renewals == [Renewal("dev")]


def test_a_lost_workspace_can_be_left() -> None:
    life = life_in_dev()
    life.now = 4000
    with pytest.raises(WorkspaceLost):
        life.me(token("t2"), failure(403))
    life.choose("production", in_workspace("production"))
    life.me(ANSWER)
    assert json.loads(life.bodies[2]) == {"workspace_id": "production"}
    assert life.sent[2:] == [(CHOOSE, "t2"), (ME, "t2")]


def test_a_failed_login_keeps_the_choice() -> None:
    life = life_in_dev()
    life.now = 4000
    with pytest.raises(NotAuthenticated):
        life.me(failure(404))
    life.me(token("t2"), in_workspace("dev"), ANSWER)
    assert [line for line, _ in life.sent] == [LOGIN, LOGIN, CHOOSE, ME]


def test_a_refused_token_is_not_tried_again_when_the_login_fails() -> None:
    life = life_in_dev()
    with pytest.raises(ServerError):
        life.me(REFUSED, failure(500))
    life.me(token("t2"), in_workspace("dev"), ANSWER)
    assert [line for line, _ in life.sent] == [ME, LOGIN, LOGIN, CHOOSE, ME]


def test_a_choice_that_comes_when_the_token_ends_is_made_once() -> None:
    life = life_in_dev()
    life.now = 4000
    life.choose("production", token("t2"), in_workspace("production"))
    assert life.sent == [(LOGIN, ""), (CHOOSE, "t2")]
    assert life.renewals == [Renewal("production")]


def test_a_choice_whose_token_is_refused_is_repeated() -> None:
    life = life_in_dev()
    life.choose("production", REFUSED, token("t2"), in_workspace("production"))
    life.me(ANSWER)
    assert life.sent == [(CHOOSE, "t1"), (LOGIN, ""), (CHOOSE, "t2"), (ME, "t2")]


def test_an_update_that_names_no_workspace_restores_first() -> None:
    life = life_in_dev()
    life.now = 4000
    life.choose(None, token("t2"), in_workspace("dev"), in_workspace("dev"))
    assert life.bodies[1:] == [b'{"workspace_id":"dev"}', b"{}"]


def test_a_refused_choice_leaves_all_as_it_was() -> None:
    life = life_in_dev()
    with pytest.raises(Invalid):
        life.choose("nowhere", failure(422))
    life.me(ANSWER)
    life.now = 4000
    with pytest.raises(Invalid):
        life.choose("nowhere", token("t2"), failure(422))
    life.me(in_workspace("dev"), ANSWER)
    assert [line for line, _ in life.sent] == [CHOOSE, ME, LOGIN, CHOOSE, CHOOSE, ME]


@pytest.mark.parametrize("reply", [Timeout("late"), failure(502)], ids=["timeout", "bad gateway"])
def test_a_choice_without_an_answer_is_undone_before_the_next_request(reply: Reply) -> None:
    life = life_in_dev()
    with pytest.raises((Timeout, ServerError)):
        life.choose("production", reply)
    life.me(in_workspace("dev"), ANSWER)
    assert life.bodies[:2] == [b'{"workspace_id":"production"}', b'{"workspace_id":"dev"}']


def test_a_choice_that_the_caller_gave_up_is_undone_too() -> None:
    life = life_in_dev()
    body = session.WriteApiSession(workspace_id="production")
    step = next(life.steps(session.update_session, body))
    assert isinstance(step, Alone)
    assert isinstance(next(step.steps), Request)
    step.steps.close()
    life.me(in_workspace("dev"), ANSWER)
    assert life.bodies[0] == b'{"workspace_id":"dev"}'


def test_what_the_session_says_is_remembered() -> None:
    life = Life()
    life.play(life.steps(session.session), [token("t1"), in_workspace("dev")])
    life.now = 4000
    life.me(token("t2"), in_workspace("dev"), ANSWER)
    assert [line for line, _ in life.sent] == [LOGIN, SESSION, LOGIN, CHOOSE, ME]


def test_logout_ends_the_session_and_keeps_the_choice() -> None:
    life = Life()
    life.play(life.steps(api_auth.logout), [])
    assert life.sent == []
    life = life_in_dev()
    life.play(life.steps(api_auth.logout), [Response(status=204)])
    life.play(life.steps(api_auth.logout), [])
    life.me(token("t2"), in_workspace("dev"), ANSWER)
    assert life.sent[0] == ("DELETE /api/4.0/logout", "t1")
    assert [line for line, _ in life.sent[1:]] == [LOGIN, CHOOSE, ME]
    life.play(life.steps(api_auth.logout), [failure(404)])


def test_public_operations_need_no_token() -> None:
    life = Life()
    answer = Response(status=200, content=b'{"status":"ok"}')
    assert life.play(life.steps(config.alive), [answer]).status == "ok"
    assert life.sent == [("GET /api/4.0/alive", "")]


def test_a_get_that_is_put_off_is_sent_again_a_few_times() -> None:
    life = life_in_dev()
    life.me(failure(429, retry_after="2"), failure(503, retry_after="3"), ANSWER)
    assert life.pauses == [2, 3]
    with pytest.raises(RateLimited) as caught:
        life.me(*[failure(429, retry_after="1")] * 3)
    assert caught.value.retry_after == 1


@pytest.mark.parametrize(
    "reply",
    [failure(429), failure(429, retry_after="31"), failure(503, retry_after="soon"), failure(500)],
    ids=["no time named", "too long", "no number", "another error"],
)
def test_other_failures_are_not_waited_out(reply: Response) -> None:
    life = life_in_dev()
    with pytest.raises((RateLimited, ServerError)):
        life.me(reply)
    assert life.pauses == []


def test_a_post_that_is_put_off_is_not_sent_again() -> None:
    life = life_in_dev()
    steps = life.flow.exchange(
        query.create_query, Masked(), query.WriteQuery(model="shop", view="orders")
    )
    with pytest.raises(RateLimited):
        life.play(steps, [failure(429, retry_after="1")])


def test_two_who_need_a_new_token_share_one() -> None:
    """Both want to run alone; the second finds that nothing is left to do."""
    life = life_in_dev()
    life.now = 4000
    first, second = life.steps(user.me), life.steps(user.me)
    wait_first, wait_second = next(first), next(second)
    assert isinstance(wait_first, Alone)
    assert isinstance(wait_second, Alone)
    life.play(wait_first.steps, [token("t2"), in_workspace("dev")])
    assert life.play(wait_second.steps, []) == "t2"
    assert [line for line, _ in life.sent] == [LOGIN, CHOOSE]


def test_between_login_and_restore_everybody_waits() -> None:
    life = life_in_dev()
    life.now = 4000
    renewal = next(life.steps(user.me))
    assert isinstance(renewal, Alone)
    login = next(renewal.steps)
    assert isinstance(login, Request)
    assert isinstance(next(life.steps(user.me)), Alone)
    restore = renewal.steps.send(token("t2"))
    assert isinstance(restore, Request)
    assert restore.line == CHOOSE
    assert isinstance(next(life.steps(user.me)), Alone)
    with pytest.raises(StopIteration):
        renewal.steps.send(in_workspace("dev"))
    assert isinstance(next(life.steps(user.me)), Request)


def test_one_whose_token_another_has_renewed_takes_the_new_one() -> None:
    life = life_in_dev()
    slow = life.steps(user.me)
    assert isinstance(next(slow), Request)
    life.me(REFUSED, token("t2"), in_workspace("dev"), ANSWER)
    again = slow.send(REFUSED)
    assert isinstance(again, Request)
    assert again.headers["authorization"] == "Bearer t2"


def test_a_renewal_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    life = life_in_dev()
    life.now = 4000
    with caplog.at_level(logging.INFO, "lookalike.client"):
        life.me(token("t2"), in_workspace("dev"), ANSWER)
    assert caplog.messages == ["renewed the token and stayed in workspace `dev`"]
    assert "t2" not in caplog.text
