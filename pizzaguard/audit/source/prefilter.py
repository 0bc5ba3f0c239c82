"""Which files are worth an outline: those whose bytes hold a word that registers, composes or guards routes.

Chosen for recall: a file too many costs a tenth of a millisecond, a file too few hides routes. A file that holds none
of these is still read when an import leads there.
"""

from __future__ import annotations

import re

# Plain words, most frequent first, each searched by itself: ten times as fast as one expression for all of them.
_WORDS = (
    # Routers, routes, `include_router`, `add_api_route`, `@app.route(`, `APIRouter`, `WebSocketRoute(`, …
    *(b"route", b"Route"),
    # Apps.
    *(b"FastAPI", b"Starlette", b"Flask", b"lueprint"),
    # What else registers or composes: `mount` on an app, `Mount(`, Flask's and Flask-RESTful's calls.
    *(b".mount(", b"Mount(", b"add_url_rule", b"add_resource"),
    # What stands before a handler: middleware, dependencies and their overrides.
    *(b"iddleware", b"Depends", b"Security(", b"dependenc", b"exception_handler"),
    # Handlers that other words may miss: sockets, start-up code that registers.
    *(b".websocket(", b"on_event", b"add_event_handler"),
)
_METHODS = rb"(?:get|post|put|delete|patch|head|options|trace|query|websocket|middleware)"
_is_decorator = re.compile(rb"@(?:[\w.\[\]()\"' \t-]*\.)?[ \t]*" + _METHODS + rb"[ \t]*\(").search
_is_registration = re.compile(rb"\." + _METHODS + rb"\([^()]*\)\(").search


def is_interesting(content: bytes) -> bool:
    """Tell whether a file may register or compose routes, or declare what guards them.

    Beyond the words: decorators such as `@api.get(` at any indentation, and the same as a call: `api.get("/")(show)`.
    """
    return (
        any(word in content for word in _WORDS)
        or _is_decorator(content) is not None
        or _is_registration(content) is not None
    )
