"""Who may reach a route: a guard is what rejects, wherever it was attached."""

from pathlib import Path

import pytest

from pizzaguard.audit import config
from pizzaguard.audit.options import Options
from pizzaguard.audit.pipeline import survey
from pizzaguard.audit.surface.nouns import Access
from tests.audit.surface.conftest import Read, served

GUARDS = """
from typing import Annotated
from fastapi import Depends, HTTPException, Request, Security
from fastapi.security import HTTPBearer

bearer = HTTPBearer(auto_error=False)

def current_user(request: Request):
    if "authorization" not in request.headers:
        raise HTTPException(status_code=401)
    return "diner"

def require_admin(user: str = Depends(current_user)):
    if user != "admin":
        raise HTTPException(403)

def maybe_user(token=Depends(bearer)):
    return token

def session():
    yield object()

User = Annotated[str, Depends(current_user)]
"""


@pytest.mark.parametrize(
    "program",
    [
        "app = FastAPI(dependencies=[Depends(current_user)])\n@app.get('/x')\ndef x(): ...",
        "app = FastAPI()\n@app.get('/x', dependencies=[Depends(current_user)])\ndef x(): ...",
        "app = FastAPI()\n@app.get('/x')\ndef x(user=Depends(current_user)): ...",
        "app = FastAPI()\n@app.get('/x')\ndef x(user: User): ...",
        "app = FastAPI()\n@app.get('/x')\ndef x(user: Annotated[str, Security(current_user)]): ...",
        (
            "app = FastAPI()\nr = APIRouter(dependencies=[Depends(current_user)])\n@r.get('/x')\ndef x(): ...\n"
            "app.include_router(r)"
        ),
        (
            "app = FastAPI()\nr = APIRouter()\n@r.get('/x')\ndef x(): ...\n"
            "app.include_router(r, dependencies=[Depends(current_user)])"
        ),
        "app = FastAPI()\n@app.get('/x')\ndef x(request: Request):\n    user = current_user(request)\n    return user",
    ],
    ids=["app", "route", "default", "alias", "annotated", "router", "include", "body"],
)
def test_a_guard_counts_wherever_it_stands(read: Read, program: str) -> None:
    surface = read(f"from fastapi import APIRouter, FastAPI\nfrom guards import *\n{program}\n", guards=GUARDS)

    (route,) = served(surface)
    assert route.access is Access.AUTHENTICATED
    assert {"guards:current_user", "main:x"} & {guard.callable for guard in route.guards}


def test_a_dependency_that_never_rejects_is_no_guard(read: Read) -> None:
    surface = read(
        "from fastapi import FastAPI\nfrom guards import *\napp = FastAPI()\n"
        "@app.get('/x')\ndef x(user=Depends(maybe_user), db=Depends(session)): ...\n",
        guards=GUARDS,
    )

    (route,) = served(surface)
    assert route.access is Access.OPTIONAL
    assert "guards:session" in route.dependencies


def test_a_guard_that_asks_for_a_role_makes_a_route_scoped(read: Read) -> None:
    surface = read(
        "from fastapi import FastAPI\nfrom guards import *\napp = FastAPI()\n"
        "@app.get('/x', dependencies=[Depends(require_admin)])\ndef x(): ...\n",
        guards=GUARDS,
    )

    (route,) = served(surface)
    assert route.access is Access.SCOPED
    assert set(route.dependencies) == {"guards:require_admin", "guards:current_user"}


def test_a_guard_behind_a_switch_is_conditional_and_its_default_is_told_apart(read: Read) -> None:
    surface = read("""
        import os
        from fastapi import Depends, FastAPI, HTTPException, Request
        app = FastAPI()
        AUTH = os.getenv("AUTH", "")

        def guard(request: Request):
            if not AUTH:
                return None
            if "authorization" not in request.headers:
                raise HTTPException(401)

        @app.get("/x", dependencies=[Depends(guard)])
        def x(): ...
    """)

    (route,) = served(surface)
    assert (route.access, route.access_default) == (Access.AUTHENTICATED, Access.PUBLIC)


def test_a_declared_guard_is_believed(read: Read, tmp_path: Path) -> None:
    read(
        "from fastapi import Depends, FastAPI\nfrom vendor import check\napp = FastAPI()\n"
        "@app.get('/x', dependencies=[Depends(check)])\ndef x(): ...\n",
        vendor="import secret_library\ndef check(request):\n    return secret_library.go(request)\n",
    )
    (tmp_path / "pizzaguard.toml").write_text('[guards]\n"vendor:check" = { scopes = ["admin"] }\n')

    surface = survey((tmp_path,), Options(config=config.find(tmp_path), cache=False, jobs=1)).surface

    (route,) = served(surface)
    assert (route.access, route.scopes) == (Access.SCOPED, ("admin",))


def test_a_route_that_is_put_into_the_table_has_not_the_guards_of_the_router(read: Read) -> None:
    surface = read(
        "from fastapi import FastAPI\nfrom fastapi.routing import APIRoute\nfrom guards import *\n"
        "app = FastAPI(dependencies=[Depends(current_user)])\n\ndef hijack(): ...\n\n"
        "app.router.routes.insert(0, APIRoute('/x', hijack))\n",
        guards=GUARDS,
    )

    (route,) = served(surface)
    assert route.access is Access.PUBLIC
