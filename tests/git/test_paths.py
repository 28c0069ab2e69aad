from __future__ import annotations

import pytest

from lookalike.git import is_safe_path


@pytest.mark.parametrize(
    "path",
    [
        "a.view.lkml",
        "views/orders.view.lkml",
        ".gitignore",
        "a/.github/x.md",
        "Bücher.lkml",
        "a b/c d.lkml",
        "git/x.lkml",
        "x.git/y.lkml",
        "...a",
        "a" * 255,
        "/".join(["a" * 200] * 5),
    ],
    ids=ascii,
)
def test_safe_paths(path: str) -> None:
    assert is_safe_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a/./b",
        "a//b",
        "a/",
        ".git",
        ".git/config",
        ".GIT/config",
        "a/.Git/hooks/x",
        "git~1/config",
        "GIT~1",
        ".git /config",
        ".git./config",
        ".git::$INDEX_ALLOCATION/config",
        ".g\u200cit/config",
        "\ufeff.git/config",
        ".\u2066git",
        "\uff0egit/config",
        ".ｇｉｔ",
        "a\\b",
        "..\\x",
        "a\0b",
        "a\nb",
        "a\x7fb",
        "a\x85b",
        "a\ud800b",
        "trailing.",
        "trailing ",
        "a" * 256,
        "é" * 128,
        "/".join(["a" * 204] * 6),
    ],
    ids=ascii,
)
def test_unsafe_paths(path: str) -> None:
    assert not is_safe_path(path)
