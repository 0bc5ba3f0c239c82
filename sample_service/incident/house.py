"""An app that runs in this process on a loopback port of its own, for as long as a `with` block lasts."""

import socket
import time
from threading import Thread
from types import TracebackType
from typing import Self

import uvicorn
from fastapi import FastAPI

from .record import IncidentError

START_SECONDS = 15.0
POLL_SECONDS = 0.01


class Door:
    """A free port on loopback, taken before the app that will listen there is made."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.listener.close()


class House:
    """A server in a thread, with an event loop of its own."""

    def __init__(self, app: FastAPI, door: Door) -> None:
        config = uvicorn.Config(app, lifespan="on", log_config=None, access_log=False, timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([door.listener],), name=app.title, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise IncidentError(f"'{self._thread.name}' did not start")
            time.sleep(POLL_SECONDS)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
