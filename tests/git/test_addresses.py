from __future__ import annotations

import pytest

from lookalike.git import BadRemote, check_url

GOOD = [
    "https://git.example.com/shop.git",
    "https://git.example.com:8443/group/sub/shop",
    "https://git.example.com/my%20shop.git",
    "https://127.0.0.1:3000/~ada/shop.git",
    "https://[::1]:3000/shop.git",
    "HTTPS://git.example.com/shop.git",
    "ssh://git@git.example.com/shop.git",
    "ssh://git.example.com:2222/shop.git",
    "git@git.example.com:group/shop.git",
    "git.example.com:shop.git",
    "git@git.example.com:/srv/shop.git",
    "git@git.example.com:~ada/shop.git",
]

BAD = [
    "",
    "-x",
    "--upload-pack=touch canary",
    "--upload-pack=canary",
    "-u./canary",
    "ext::sh -c touch% canary",
    "ext::canary",
    "EXT::canary",
    "fd::17/foo",
    "https::https://git.example.com/x",
    "git://git.example.com/shop.git",
    "ftp://git.example.com/shop.git",
    "http://git.example.com/shop.git",
    "git+ssh://git.example.com/shop.git",
    "javascript://x/y",
    "https://ada@git.example.com/shop.git",
    "https://ada:secret@git.example.com/shop.git",
    "https://:secret@git.example.com/shop.git",
    "https://git.example.com@evil.example.com/shop.git",
    "ssh://git:secret@git.example.com/shop.git",
    "ssh://-oProxyCommand=canary/shop.git",
    "ssh://git@-oProxyCommand=canary/shop.git",
    "ssh://-oProxyCommand=canary@git.example.com/shop.git",
    "-oProxyCommand=canary:shop.git",
    "git@-oProxyCommand=canary:shop.git",
    "git@git.example.com:-x",
    "git@git.example.com:--upload-pack=canary",
    "ssh://git.example.com/-x",
    "https://-x.example.com/shop.git",
    "https://git.example.com",
    "https://git.example.com/",
    "https:///shop.git",
    "https://git.example.com:0/shop.git",
    "https://git.example.com:65536/shop.git",
    "https://git.example.com:x/shop.git",
    "https://git.example.com/a/../b",
    "https://git.example.com/..",
    "https://git.example.com/a%0ab",
    "https://git.example.com/a%00b",
    "https://git.example.com/a%0D%0Ahost=evil",
    "https://git.example.com/a%7f",
    "https://git.example.com/a%",
    "https://git.example.com/a%zz",
    "https://git.example.com/a\nb",
    "https://git.example.com/a\r",
    "https://git.example.com/a b",
    "https://git.example.com/a?b=c",
    "https://git.example.com/a#b",
    "https://git.example.com/a'b",
    'https://git.example.com/a"b',
    "https://git.example.com/$(canary)",
    "https://git.example.com/`canary`",
    "https://git.example.com/a;canary",
    "https://git.example.com/$HOME",
    "https://git.example.com\\@evil.example.com/x",
    "https://gıt.example.com/x",
    "https://git.example.com/é",
    "https://git.example.com/" + "x" * 1000,
    "C:\\shop",
    "shop",
    "./shop",
    "../shop",
    "~/shop",
    "/srv/shop.git",
    "file:///srv/shop.git",
]

LOCAL = ["/srv/shop.git", "file:///srv/shop.git", "/srv/a:b/shop.git"]

BAD_LOCAL = [
    "/srv/../etc",
    "/..",
    "/srv/-x",
    "/srv/a%2e%2e",
    "file://host/srv/shop.git",
    "file://srv/shop.git",
    "file://",
    "srv/shop.git",
    "/srv/a\0b",
    "/srv/$(canary)",
]


@pytest.mark.parametrize("url", GOOD)
@pytest.mark.parametrize("allow_local", [False, True])
def test_good_addresses(url: str, allow_local: bool) -> None:
    check_url(url, allow_local)


@pytest.mark.parametrize("url", BAD, ids=lambda url: ascii(url[:50]))
def test_bad_addresses_are_told_why(url: str) -> None:
    with pytest.raises(BadRemote) as caught:
        check_url(url, False)
    assert "secret" not in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("url", LOCAL)
def test_paths_of_the_server_need_a_permission(url: str) -> None:
    check_url(url, True)
    with pytest.raises(BadRemote, match="not allowed"):
        check_url(url, False)


@pytest.mark.parametrize("url", BAD_LOCAL, ids=ascii)
def test_bad_paths_stay_bad(url: str) -> None:
    with pytest.raises(BadRemote):
        check_url(url, True)


def test_clear_text_needs_a_permission() -> None:
    check_url("http://git.example.com/shop.git", False, allow_http=True)
    with pytest.raises(BadRemote, match="clear text"):
        check_url("http://git.example.com/shop.git", True)
