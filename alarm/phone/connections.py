"""Connections to Twilio that give up in time, and then send nothing."""

from __future__ import annotations

import socket
import time
from itertools import zip_longest
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from alarm.phone.patience import current

# Seconds. A slow line needs this long for one try.
SHORTEST_TRY = 1.0


class _Punctual:
    """A connection that is not used when it took too long to make, the name's look-up included.

    The look-up of a name has no time limit of its own. Without this check a request that was
    given up long ago would still be sent, and a phone would ring for it.
    """

    host: str
    port: int
    timeout: Any
    source_address: Any
    socket_options: Any

    def connect(self) -> None:
        started = time.monotonic()
        super().connect()  # type: ignore[misc]
        if time.monotonic() - started > self.timeout or not current.get().left:
            raise ConnectTimeoutError("connecting took too long")

    def _new_conn(self) -> socket.socket:
        """Try each address for its part of the time: a dead one must not use up the whole."""
        ends = time.monotonic() + self.timeout
        addresses = self._addresses()
        for tries_left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            left = ends - time.monotonic()
            if left <= 0:
                break
            try:
                connected = create_connection(
                    (address, self.port),
                    max(left / tries_left, min(left, SHORTEST_TRY)),
                    source_address=self.source_address,
                    socket_options=self.socket_options,
                )
            except OSError:
                continue
            connected.settimeout(self.timeout)
            return connected
        raise NewConnectionError(self, "no address answers")  # type: ignore[arg-type]

    def _addresses(self) -> list[str]:
        """Look the name up; IPv6 and IPv4 take turns, since one of them may lead nowhere."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except socket.gaierror as exc:
            raise NameResolutionError(self.host, self, exc) from None  # type: ignore[arg-type]
        families = dict.fromkeys(family for family, *_ in found)
        rows = [[str(at[0]) for family, *_, at in found if family == kind] for kind in families]
        return [address for turn in zip_longest(*rows) for address in turn if address is not None]


class _HTTPConnection(_Punctual, HTTPConnection):
    pass


class _HTTPSConnection(_Punctual, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


_POOLS = {"http": _HTTPPool, "https": _HTTPSPool}


class PunctualAdapter(HTTPAdapter):
    """Make requests use these connections, straight or through a proxy."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager
