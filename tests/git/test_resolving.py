from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from lookalike.git import (
    EMPTY_TREE,
    AmbiguousRef,
    CommitId,
    RefTaken,
    Repository,
    Signature,
    UnknownRef,
    create_tag,
    resolve,
    tags,
)

Git = Callable[..., str]
ADA = Signature("Ada", "ada@example.com")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def commit(repository: Repository, message: str) -> CommitId:
    return repository.commit(EMPTY_TREE, (), message, ADA, NOON)


def test_every_kind_of_name_leads_to_its_commit(repository: Repository, git: Git) -> None:
    one, two, three, four = (commit(repository, str(i)) for i in range(4))
    repository.move("refs/heads/feature/x", None, one)
    git("update-ref", "refs/remotes/origin/feature/x", two)
    git("tag", "plain", three)
    git("tag", "-a", "-m", "note", "noted", four)
    git("tag", "-a", "-m", "note of a note", "twice", "noted")
    for text, meant in {
        "feature/x": one,
        "origin/feature/x": two,
        "plain": three,
        "noted": four,
        "twice": four,
        one: one,
        two.upper(): two,
        three[:5]: three,
        four[:39]: four,
    }.items():
        assert resolve(repository, text) == meant, text


def test_a_name_wins_over_an_id_and_a_branch_over_the_rest(
    repository: Repository, git: Git
) -> None:
    one, two, three = (commit(repository, str(i)) for i in range(3))
    git("tag", "same", two)
    assert resolve(repository, "same") == two
    repository.move("refs/heads/same", None, one)
    assert resolve(repository, "same") == one
    git("update-ref", "refs/remotes/origin/x", two)
    repository.move("refs/heads/origin/x", None, three)
    assert resolve(repository, "origin/x") == three
    repository.move(f"refs/heads/{one[:7]}", None, two)
    assert resolve(repository, one[:7]) == two
    assert resolve(repository, one[:8]) == one


@pytest.mark.parametrize(
    "text",
    [
        "",
        "none",
        "origin/",
        "origin/none",
        "HEAD",
        "FETCH_HEAD",
        "main~0",
        "main^{tree}",
        "main@{0}",
        "@",
        ":/first",
        "refs/heads/main",
        "heads/main",
        "--all",
        "-x",
        "main ",
        "main\n",
        "main\0",
        "../config",
        "0" * 40,
        "fffff",
        "f" * 41,
        "x" * 100_000,
        "é",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_what_is_no_ref_is_unknown(repository: Repository, text: str) -> None:
    repository.move("refs/heads/main", None, commit(repository, "first"))
    with pytest.raises(UnknownRef) as caught:
        resolve(repository, text)
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()


def test_four_digits_are_too_few(repository: Repository) -> None:
    first = commit(repository, "first")
    with pytest.raises(UnknownRef):
        resolve(repository, first[:4])


def test_only_commits_are_meant(repository: Repository, git: Git) -> None:
    blob = repository.put(b"x")
    tree = repository.put_tree(())
    git("update-ref", "refs/tags/blob", blob)
    for text in (blob, blob[:7], tree, tree[:7], "blob"):
        with pytest.raises(UnknownRef):
            resolve(repository, text)
    assert tags(repository) == {}


def test_a_short_id_of_several_commits_is_ambiguous(repository: Repository) -> None:
    """Among some thousand commits two begin alike; and a file that does is no rival."""
    seen: dict[str, CommitId] = {}
    twins: tuple[CommitId, CommitId] | None = None
    for i in range(20_000):
        made = commit(repository, str(i))
        other = seen.setdefault(made[:5], made)
        if other != made:
            twins = (other, made)
            break
    assert twins
    with pytest.raises(AmbiguousRef, match="2 commits"):
        resolve(repository, twins[0][:5])
    assert resolve(repository, twins[0][:20]) == twins[0]
    lonely = {prefix: id_ for prefix, id_ in seen.items() if prefix != twins[0][:5]}
    blobs = (repository.put(b"%d" % i) for i in range(100_000))
    rival = next(blob for blob in blobs if blob[:5] in lonely)
    assert resolve(repository, rival[:5]) == lonely[rival[:5]]


def test_a_tag_is_made_once(repository: Repository, git: Git) -> None:
    one, two = commit(repository, "1"), commit(repository, "2")
    create_tag(repository, "v1", one, "", ADA, NOON)
    create_tag(repository, "v2/rc.1", two, "Größe\n\nmore", ADA, NOON)
    assert git("cat-file", "-t", "v1") == "commit"
    shown = git("for-each-ref", "--format=%(objecttype)|%(taggername)|%(contents)", "refs/tags/v2")
    assert shown.strip() == "tag|Ada|Größe\n\nmore"
    assert tags(repository) == {"v1": one, "v2/rc.1": two}
    git("fsck", "--strict", "--full")
    for name in ("v1", "v2", "v1/x"):
        with pytest.raises(RefTaken):
            create_tag(repository, name, two, "", ADA, NOON)
    assert resolve(repository, "v1") == one


@pytest.mark.parametrize("name", ["", "-d", "--list", "a b", "HEAD", "a" * 40, "x.lock", "a..b"])
def test_a_tag_has_a_plain_name(repository: Repository, git: Git, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a tag"):
        create_tag(repository, name, commit(repository, "1"), "", ADA, NOON)
    assert git("for-each-ref") == ""


def test_the_words_of_a_tag_cannot_forge_it(repository: Repository, git: Git) -> None:
    one = commit(repository, "1")
    evil = Signature("A\ntagger B <b@b> 0 +0000", "x>\n\0y")
    create_tag(repository, "v1", one, "text\n\0tagger C", evil, NOON)
    git("fsck", "--strict", "--full")
    assert git("for-each-ref", "--format=%(taggername)", "refs/tags") == "A tagger B b@b 0 +0000"
