"""The prefilter lets no file pass by that registers routes or declares guards."""

import ast
import textwrap

import pytest

from pizzaguard.audit.source.prefilter import is_interesting

METHODS = {"get", "post", "put", "delete", "patch", "head", "options", "websocket", "route", "api_route", "middleware"}
WIRING = {
    *("include_router", "add_api_route", "add_route", "add_websocket_route", "add_api_websocket_route", "mount"),
    *("add_middleware", "add_url_rule", "register_blueprint", "add_resource", "Depends", "Security"),
    *(
        "FastAPI",
        "APIRouter",
        "Starlette",
        "Router",
        "Route",
        "Mount",
        "WebSocketRoute",
        "Middleware",
        "Flask",
        "Blueprint",
    ),
}

REGISTERING = [
    "from fastapi import FastAPI\napp = FastAPI()",
    "@app.get('/')\ndef f(): ...",
    "if debug:\n    @app . post ('/')\n    def f(): ...",
    "def setup(app):\n    @app.delete('/')\n    def f(): ...",
    "class A:\n    def __init__(self):\n        @self.app.websocket('/ws')\n        async def f(ws): ...",
    "@apis['v1'].patch('/')\ndef f(): ...",
    "@make().put('/')\ndef f(): ...",
    "app.get('/')(f)",
    "getattr(app, 'get')('/')(f)\napp.include_router(r)",
    "app.mount('/static', files)",
    "routes = [Route('/', f), Mount('/x', app=g)]",
    "def wire(app):\n    app.add_middleware(Auth, key=1)",
    "app.dependency_overrides[current_user] = nobody",
    "def f(user=Depends(current_user)): ...",
    "def f(user: Annotated[User, Security(current_user, scopes=['a'])]): ...",
    "blueprint.add_url_rule('/', view_func=f)",
    "app.register_blueprint(b)",
    "api.add_resource(Orders, '/orders')",
    "app.router.routes.append(r)",
    "class MyRouter(APIRouter): ...",
    "@app.middleware('http')\nasync def f(request, call_next): ...",
    "@app.exception_handler(404)\ndef f(): ...",
]
TREE = {
    "shop/main.py": """
        from fastapi import FastAPI

        from shop import orders, plugins

        app = FastAPI()
        app.include_router(orders.api)
        plugins.load(app)
        """,
    "shop/orders.py": """
        from shop.base import api, current_user

        @api.get("/orders")
        def list_orders(user=current_user): ...

        class Views:
            @api.post("/orders")
            def create(self): ...
        """,
    "shop/plugins.py": """
        def load(app):
            for plugin in found():
                app.mount(plugin.path, plugin.app)

            @app.websocket("/live")
            async def live(socket): ...
        """,
    "shop/base.py": """
        from fastapi import APIRouter, Depends

        api = APIRouter()
        current_user = Depends(lambda: None)
        """,
    "shop/models.py": """
        class Order:
            price: int
        """,
}


@pytest.mark.parametrize("text", REGISTERING)
def test_a_file_that_registers_is_interesting(text: str) -> None:
    assert is_interesting(text.encode())


@pytest.mark.parametrize(
    "text", ["", "x = 1", "class Order:\n    price: int", "config = {}.get('a', 'b')", "amount = count(1)"]
)
def test_a_file_that_has_nothing_to_do_with_routes_is_not(text: str) -> None:
    assert not is_interesting(text.encode())


def registers(text: str) -> bool:
    """Tell by the interpreter's own parser whether a text has a route decorator or a wiring call."""
    for node in ast.walk(ast.parse(text)):
        for decorator in getattr(node, "decorator_list", ()):
            if isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", None) in METHODS:
                return True
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            if name in WIRING:
                return True
    return False


@pytest.mark.parametrize("path", TREE)
def test_the_prefilter_agrees_with_a_walk_over_the_syntax_tree(path: str) -> None:
    text = textwrap.dedent(TREE[path])
    assert is_interesting(text.encode()) == registers(text)
