"""The routes that FastAPI adds by itself: the schema and its viewers."""

from __future__ import annotations

from pizzaguard.audit.evaluation.choices import plain
from pizzaguard.audit.evaluation.strings import text_of
from pizzaguard.audit.evaluation.values import NONE
from pizzaguard.audit.frameworks.records import RouterRecord

DEFAULTS = {
    "openapi_url": "/openapi.json",
    "docs_url": "/docs",
    "swagger_ui_oauth2_redirect_url": "/docs/oauth2-redirect",
    "redoc_url": "/redoc",
}
HANDLERS = {
    "openapi_url": "openapi",
    "docs_url": "swagger_ui_html",
    "swagger_ui_oauth2_redirect_url": "swagger_ui_redirect",
    "redoc_url": "redoc_html",
}


def documentation_routes(record: RouterRecord) -> list[tuple[str, str]]:
    """(path, handler name) of each documentation route that an app serves; none without a schema URL."""
    if record.family != "fastapi" or not record.is_app or record.is_standalone:
        return []
    paths: dict[str, str] = {}
    for name, default in DEFAULTS.items():
        given = record.documentation.get(name)
        if given is None:
            paths[name] = default
        elif plain(given) != NONE and (path := text_of(given)) is not None and path:
            paths[name] = path
    if "openapi_url" not in paths:
        return []
    if "docs_url" not in paths:
        paths.pop("swagger_ui_oauth2_redirect_url", None)
    return [(path, HANDLERS[name]) for name, path in paths.items()]
