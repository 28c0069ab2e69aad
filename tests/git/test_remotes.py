from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lookalike.git import (
    BadRemote,
    CommitId,
    MissingObject,
    Moved,
    NotFastForward,
    Reason,
    RefTaken,
    Remote,
    RemoteFailed,
    Repository,
    Signature,
    create_repository,
    create_tag,
    fetch,
    forget_hosts,
    list_remote,
    new_deploy_key,
    probe,
    probe_steps,
    push,
    push_tag,
    sweep,
    tags,
    write_tree,
)
from lookalike.git.addresses import read_url
from lookalike.git.hosts import is_public
from lookalike.git.transport import ssh_command
from tests.git.hosts import NAME, PASSWORD, ends_soon, serving
from tests.patience import PATIENCE

Git = Callable[..., str]
ADA = Signature("Ada", "ada@example.com")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def commit(repository: Repository, text: str, *parents: CommitId) -> CommitId:
    tree = write_tree(repository, {"a.view.lkml": repository.put(text.encode())})
    return repository.commit(tree, parents, text, ADA, NOON)


@pytest.fixture
def there(tmp_path: Path) -> Repository:
    """The repository that the remote is."""
    return create_repository(tmp_path / "there.git", "main")


@pytest.fixture
def first(there: Repository) -> CommitId:
    made = commit(there, "first")
    there.move("refs/heads/main", None, made)
    return made


@pytest.fixture(params=["local", "http"])
def remote(request: pytest.FixtureRequest, there: Repository, tmp_path: Path) -> Iterator[Remote]:
    subprocess.run(["git", "-C", there.path, "config", "http.receivepack", "true"], check=True)
    if request.param == "local":
        yield Remote(url=there.path.rstrip("/"), allow_local=True)
        return
    with serving(tmp_path) as host:
        url = f"{host.url}/there.git"
        yield Remote(url=url, username=NAME, password=PASSWORD, allow_http=True)


def test_a_fetch_brings_branches_and_tags(
    repository: Repository, there: Repository, first: CommitId, remote: Remote, git: Git
) -> None:
    create_tag(there, "v1", first, "note", ADA, NOON)
    second = commit(there, "second", first)
    there.move("refs/heads/feature/x", None, second)
    fetched = fetch(repository, remote)
    assert fetched.branches == {"feature/x": second, "main": first}
    assert fetched.moved == ("feature/x", "main")
    assert (fetched.removed, fetched.tags, fetched.default_branch) == ((), ("v1",), "main")
    assert repository.remote_branches() == fetched.branches
    assert repository.branches() == {}
    assert tags(repository) == {"v1": first}
    git("fsck", "--full", "--strict")
    assert not (Path(repository.path) / "FETCH_HEAD").exists()
    again = fetch(repository, remote)
    assert (again.moved, again.tags) == ((), ())


def test_a_fetch_forgets_and_follows(
    repository: Repository, there: Repository, first: CommitId, remote: Remote
) -> None:
    there.move("refs/heads/x", None, first)
    create_tag(there, "v1", first, "", ADA, NOON)
    fetch(repository, remote)
    rewritten = commit(there, "rewritten")
    there.move("refs/heads/x", first, None)
    there.move("refs/heads/x/y", None, first)
    there.move("refs/heads/main", first, rewritten)
    subprocess.run(["git", "-C", there.path, "tag", "-f", "v1", rewritten], check=True)
    fetched = fetch(repository, remote)
    assert (fetched.removed, set(fetched.moved)) == (("x",), {"main", "x/y"})
    assert repository.remote_branches() == {"main": rewritten, "x/y": first}
    assert fetched.differing_tags == ("v1",)
    assert tags(repository) == {"v1": first}


def test_an_empty_remote_is_fine(repository: Repository, remote: Remote) -> None:
    assert fetch(repository, remote).branches == {}
    first = commit(repository, "first")
    push(repository, remote, "main", None, first, False)
    assert list_remote(remote).branches == {"main": first}
    assert repository.remote_branches() == {"main": first}


def test_a_push_moves_only_from_where_it_should(
    repository: Repository, there: Repository, first: CommitId, remote: Remote
) -> None:
    fetch(repository, remote)
    mine, rival = commit(repository, "mine", first), commit(there, "rival", first)
    push(repository, remote, "main", first, mine, False)
    assert there.find_ref("refs/heads/main") == mine
    there.move("refs/heads/main", mine, rival)
    next_ = commit(repository, "next", mine)
    for expected, new, force in (
        (mine, next_, False),
        (mine, next_, True),
        (None, next_, True),
        (mine, None, True),
    ):
        with pytest.raises(Moved) as caught:
            push(repository, remote, "main", expected, new, force)
        assert caught.value.found == rival
        assert there.find_ref("refs/heads/main") == rival
    with pytest.raises(NotFastForward):
        push(repository, remote, "main", rival, next_, False)
    push(repository, remote, "main", rival, next_, True)
    assert there.find_ref("refs/heads/main") == next_
    with pytest.raises(NotFastForward):
        push(repository, remote, "main", next_, first, False)


def test_a_push_makes_and_removes_branches(
    repository: Repository, there: Repository, first: CommitId, remote: Remote
) -> None:
    fetch(repository, remote)
    push(repository, remote, "feature/x", None, first, False)
    push(repository, remote, "feature/x", None, first, False)
    assert repository.remote_branches() == {"feature/x": first, "main": first}
    push(repository, remote, "feature/x", first, None, False)
    assert there.branches() == {"main": first} == repository.remote_branches()
    with pytest.raises(Moved, match="found nothing"):
        push(repository, remote, "feature/x", first, None, False)
    with pytest.raises(RemoteFailed) as caught:
        push(repository, remote, "main/x", None, first, False)
    assert caught.value.reason is Reason.REJECTED
    with pytest.raises(MissingObject):
        push(repository, remote, "y", None, CommitId("1" * 40), False)
    for name in ("--force", "-d", "HEAD", "a:b", "+main", "refs/heads/x"):
        with pytest.raises(ValueError, match="cannot name"):
            push(repository, remote, name, None, first, False)


def test_only_what_was_asked_for_is_pushed(
    repository: Repository, there: Repository, first: CommitId, remote: Remote
) -> None:
    fetch(repository, remote)
    repository.move("refs/lookalike/copies/7", None, first)
    repository.move("refs/heads/private", None, first)
    create_tag(repository, "mine", first, "x", ADA, NOON)
    push(repository, remote, "main", first, commit(repository, "more", first), False)
    assert there.handle.listall_references() == ["refs/heads/main"]


def test_a_tag_is_pushed_once(
    repository: Repository, there: Repository, first: CommitId, remote: Remote
) -> None:
    fetch(repository, remote)
    create_tag(repository, "v1", first, "note", ADA, NOON)
    push_tag(repository, remote, "v1")
    push_tag(repository, remote, "v1")
    assert tags(there) == {"v1": first}
    create_tag(repository, "v2", first, "", ADA, NOON)
    create_tag(there, "v2", first, "another", ADA, NOON)
    with pytest.raises(RefTaken):
        push_tag(repository, remote, "v2")
    with pytest.raises(MissingObject):
        push_tag(repository, remote, "v3")


def test_two_pushes_at_once_and_one_wins(
    repository: Repository, there: Repository, first: CommitId, remote: Remote
) -> None:
    fetch(repository, remote)
    won: list[CommitId] = []
    lost: list[Exception] = []

    def work(mine: CommitId) -> None:
        try:
            push(repository, remote, "main", first, mine, False)
            won.append(mine)
        except (Moved, RemoteFailed) as error:
            lost.append(error)

    rivals = [commit(repository, f"rival {i}", first) for i in range(4)]
    threads = [threading.Thread(target=work, args=(rival,)) for rival in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [there.find_ref("refs/heads/main")]
    assert len(lost) == 3


def test_the_login_reaches_its_host_and_no_other(
    repository: Repository, first: CommitId, tmp_path: Path
) -> None:
    with serving(tmp_path) as host, serving(tmp_path) as evil:
        url = f"{host.url}/there.git"
        good = Remote(url=url, username=NAME, password=PASSWORD, allow_http=True)
        assert list_remote(good).branches == {"main": first}
        for remote in (
            Remote(url=url, allow_http=True),
            Remote(url=url, username=NAME, password="wrong-word", allow_http=True),
        ):
            with pytest.raises(RemoteFailed) as caught:
                fetch(repository, remote)
            assert caught.value.reason is Reason.LOGIN
            assert "wrong-word" not in str(caught.value)
        host.redirect = evil.url
        with pytest.raises(RemoteFailed):
            list_remote(good)
        assert evil.n_requests == 0
        assert set(host.logins) == {f"{NAME}:{PASSWORD}", f"{NAME}:wrong-word"}


def test_no_secret_shows_in_arguments_or_text(there: Repository, tmp_path: Path) -> None:
    with serving(tmp_path) as host:
        host.sleep = 0.5
        url = f"{host.url}/there.git"
        remote = Remote(url=url, username=NAME, password=PASSWORD, allow_http=True)
        assert PASSWORD not in f"{remote} {remote!r}"
        asking = threading.Thread(target=list_remote, args=(remote,))
        asking.start()
        seen = b""
        while asking.is_alive():
            for process in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen += process.read_bytes()
                except OSError:
                    continue
            time.sleep(0.05)
        asking.join()
        assert b"ls-remote" in seen
        assert PASSWORD.encode() not in seen


def test_a_slow_host_is_left_in_time(repository: Repository, tmp_path: Path) -> None:
    with serving(tmp_path) as host:
        host.sleep = 3
        slow = Remote(url=f"{host.url}/there.git", allow_http=True, seconds=0.5)
        start = time.monotonic()
        with pytest.raises(RemoteFailed) as caught:
            fetch(repository, slow)
        assert caught.value.reason is Reason.TOO_SLOW
        assert time.monotonic() - start < PATIENCE
        assert ends_soon(slow.url.encode())


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://localhost:1/shop.git", Reason.UNREACHABLE),
        ("ssh://localhost:1/shop.git", Reason.UNREACHABLE),
        ("https://no-such-host.invalid/shop.git", Reason.UNREACHABLE),
        ("/nowhere/shop.git", Reason.NOT_FOUND),
    ],
)
def test_a_remote_that_is_not_there_says_so(
    repository: Repository, url: str, reason: Reason
) -> None:
    with pytest.raises(RemoteFailed) as caught:
        fetch(repository, Remote(url=url, allow_local=True))
    assert caught.value.reason is reason
    assert caught.value.words


def test_a_remote_is_checked_before_git_starts(repository: Repository) -> None:
    for remote in (
        Remote(url="ext::sh"),
        Remote(url="/srv/x"),
        Remote(url="https://h/x", password="a\nhost=evil"),
        Remote(url="https://h/x", username="a\0"),
        Remote(url="https://h/x", seconds=-1),
        Remote(url="https://h/x", seconds=float("nan")),
    ):
        for call in (list_remote, lambda remote: fetch(repository, remote)):
            with pytest.raises(BadRemote):
                call(remote)


def test_ssh_trusts_and_offers_only_what_it_is_given(tmp_path: Path) -> None:
    """The ssh client itself tells what it understands."""
    for remote, trust, key, user in (
        (Remote(url="git.example.com:x"), "accept-new", "none", "git"),
        (Remote(url="ada@git.example.com:x", private_key="k"), "accept-new", "key", "ada"),
        (Remote(url="git.example.com:x", known_hosts="h"), "true", "none", "git"),
    ):
        address = read_url(remote.url)
        command = [*ssh_command(remote, address), "-G"]
        host = f"{address.user}@{address.host}" if address.user else address.host
        said = subprocess.run([*command, host], capture_output=True, check=True, cwd=tmp_path)
        options = dict(line.split(" ", 1) for line in said.stdout.decode().splitlines())
        assert options["stricthostkeychecking"] == trust
        assert options.get("identityfile", "none") == key
        assert options["user"] == user
        assert options["batchmode"] == options["identitiesonly"] == "yes"
        assert options["userknownhostsfile"] == "known_hosts"
        assert options["passwordauthentication"] == options["forwardagent"] == "no"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "127.1",
        "0x7f.0.0.1",
        "2130706433",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "10.0.0.1",
        "[fe80::1]",
        "192.168.1.1",
        "100.64.0.1",
        "[fd00::1]",
        "[2002:7f00:1::]",
        "224.0.0.1",
        "[::127.0.0.1]",
    ],
)
def test_a_private_host_is_not_asked(repository: Repository, tmp_path: Path, host: str) -> None:
    with serving(tmp_path) as trap:
        for scheme in ("http", "ssh"):
            url = f"{scheme}://{host}:{trap.server_port}/there.git"
            remote = Remote(url=url, allow_http=True, public_only=True)
            with pytest.raises(BadRemote, match=r"private|no address"):
                list_remote(remote)
            assert "host_reachable" in [step.id for step in probe(remote) if not step.is_passed]
        assert trap.n_requests == 0


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


def test_a_name_is_asked_at_the_address_that_was_looked_at(
    there: Repository, first: CommitId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the name had been public, and its owner had changed it since."""
    monkeypatch.setattr("lookalike.git.transport.public_address", lambda host, port: "127.0.0.1")
    with serving(tmp_path) as host:
        url = f"http://shop.invalid:{host.server_port}/there.git"
        remote = Remote(
            url=url, username=NAME, password=PASSWORD, allow_http=True, public_only=True
        )
        assert list_remote(remote).branches == {"main": first}
        ssh = Remote(url=f"ssh://shop.invalid:{host.server_port}/there.git", public_only=True)
        with pytest.raises(RemoteFailed) as caught:
            list_remote(ssh)
        assert "resolve" not in caught.value.words


def test_hosts_that_were_met_can_be_forgotten(repository: Repository) -> None:
    met = Path(repository.path) / "lookalike.known_hosts"
    met.write_text("git.example.com ssh-ed25519 AAAA\n")
    forget_hosts(repository)
    forget_hosts(repository)
    assert not met.exists()


def test_a_deploy_key_is_a_pair(tmp_path: Path) -> None:
    private, public = new_deploy_key("shop\n-N x ' $(y)")
    kind, _, comment = public.split()
    assert (kind, comment) == ("ssh-ed25519", "shop--N-x-y")
    key = tmp_path / "key"
    key.write_text(private)
    key.chmod(0o600)
    read = subprocess.run(
        ["ssh-keygen", "-y", "-P", "", "-f", key], capture_output=True, check=True
    )
    assert read.stdout.decode().split()[:2] == public.split()[:2]
    assert new_deploy_key("shop")[0] != private


def test_a_probe_finds_the_first_thing_to_mend(
    repository: Repository, there: Repository, first: CommitId, tmp_path: Path
) -> None:
    repository.move("refs/heads/main", None, commit(repository, "x"))
    subprocess.run(["git", "-C", there.path, "config", "http.receivepack", "true"], check=True)
    steps = [id_ for id_, _ in probe_steps()]
    with serving(tmp_path) as host:
        url = f"{host.url}/there.git"
        for remote, failed in (
            (Remote(url=url, username=NAME, password=PASSWORD, allow_http=True), None),
            (Remote(url=url, allow_http=True), "read_remote"),
            (Remote(url=url), "remote_url"),
            (Remote(url="https://localhost:1/x"), "host_reachable"),
            (Remote(url=there.path, allow_local=True), None),
        ):
            found = probe(remote, repository)
            assert [step.id for step in found] == steps
            passed = [step.id for step in found if step.is_passed]
            assert passed == steps[: steps.index(failed) if failed else None]
            assert all(step.message for step in found)
    assert there.branches() == {"main": first}


def test_nothing_is_left_in_the_folder_for_temporary_files(
    there: Repository, first: CommitId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr("tempfile.tempdir", os.fspath(spare))
    new_deploy_key("x")
    list_remote(Remote(url=there.path, allow_local=True, private_key="k"))
    with pytest.raises(RemoteFailed):
        list_remote(Remote(url="/nowhere", allow_local=True, private_key="k"))
    assert list(spare.iterdir()) == []


def test_what_a_killed_call_has_left_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outside = tmp_path / "outside"
    outside.mkdir()
    for name, age in (("old", 7_200), ("new", 60)):
        folder = tmp_path / f"lookalike-git-{name}"
        folder.mkdir()
        (folder / "key").write_text("secret")
        then = folder.stat().st_mtime - age
        os.utime(folder, (then, then))
    (tmp_path / "lookalike-git-link").symlink_to(outside)
    sweep(3_600)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"lookalike-git-new", "lookalike-git-link", "outside"}
