"""Hosts: which addresses of the net a remote may have, when only public ones are allowed.

In: the name of a host. Out: one address of it that is public, or BadRemote.
Invariant: a host with one address that is not public has none: who answers for a name may mix them.
Git is then told to use the address that was looked at, so that the name cannot change in between.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from lookalike.git.addresses import BadRemote

# The last 32 bits of these name an address of the older kind.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class PrivateHost(BadRemote):
    """The host is not one of the open net."""


def public_address(host: str, port: int) -> str:
    """An address of the host. Raises BadRemote if it has none, PrivateHost if one of
    them is not public.
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise BadRemote(f"the host `{host}` has no address: {error.strerror}") from error
    addresses = [str(address[0]) for *_, address in found]
    for address in addresses:
        if not is_public(address):
            raise PrivateHost(
                f"the host `{host}` is inside a private network, which is not allowed"
            )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the open net, also where it hides another one inside."""
    try:
        read: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(read, IPv6Address):
        if any(read in network for network in _TRANSLATED):
            read = IPv4Address(int(read) & 0xFFFF_FFFF)
        elif read.ipv4_mapped:
            read = read.ipv4_mapped
        elif read.sixtofour or read.teredo or int(read) < 1 << 32:
            return False
    return read.is_global and not read.is_multicast and not read.is_reserved
