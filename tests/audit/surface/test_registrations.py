"""Where routes come from: what an app serves is what its text registers, however it does so."""

from tests.audit.surface.conftest import Read, served, subjects


def test_every_verb_and_a_websocket_are_routes_in_the_order_of_their_registration(read: Read) -> None:
    surface = read("""
        from fastapi import FastAPI
        app = FastAPI()

        @app.get("/a")
        def a(): ...

        @app.api_route("/b", methods=["PUT", "PATCH"])
        def b(): ...

        @app.websocket("/c")
        async def c(socket): ...

        def d(): ...
        app.add_api_route("/d", d, methods=["DELETE"])
    """)

    assert subjects(surface) == ["GET /a", "PUT,PATCH /b", "WEBSOCKET /c", "DELETE /d"]
    assert [route.handler for route in served(surface)] == ["main:a", "main:b", "main:c", "main:d"]


def test_prefixes_of_nested_routers_are_composed_through_modules(read: Read) -> None:
    surface = read(
        """
        from fastapi import FastAPI
        from shop import api
        app = FastAPI()
        app.include_router(api.router, prefix="/api")
        """,
        shop__init="",
        shop__paths='ORDERS = "/orders"',
        shop__api="""
        from fastapi import APIRouter
        from shop.orders import router as orders
        router = APIRouter(prefix="/v1")
        router.include_router(orders)
        """,
        shop__orders="""
        from fastapi import APIRouter
        from .paths import ORDERS
        router = APIRouter(prefix=ORDERS)

        @router.post("/{order_id:int}/")
        def pay(order_id: int): ...
        """,
    )

    assert subjects(surface) == ["POST /api/v1/orders/{order_id:int}/"]
    assert [(span.path, span.line) for span in served(surface)[0].via] == [("main.py", 5), ("shop/api.py", 5)]


def test_a_package_that_imports_its_own_parts_still_names_them(read: Read) -> None:
    surface = read(
        """
        from fastapi import FastAPI
        import shop
        app = FastAPI()
        for router in (shop.ui.menu.router, shop.ui.cart.router):
            app.include_router(router)
        """,
        shop__init="from . import ui",
        shop__ui__init="from . import menu, cart",
        shop__ui__menu="from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/menu')\ndef menu(): ...\n",
        shop__ui__cart="from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/cart')\ndef cart(): ...\n",
    )

    assert subjects(surface) == ["GET /menu", "GET /cart"]
    assert surface.gaps == ()


def test_a_factory_that_is_called_in_several_places_is_one_app(read: Read) -> None:
    surface = read(
        """
        from fastapi import APIRouter, FastAPI

        router = APIRouter()

        @router.get("/menu")
        def menu(): ...

        def create_app(base: str = ""):
            app = FastAPI()
            app.include_router(router, prefix=base)
            return app
        """,
        serve="""
        import sys
        from main import create_app

        def serve(base):
            app = create_app(base=base.strip())
            return app
        """,
    )

    assert surface.apps == ("main:create_app()",) or len(surface.apps) == 1
    assert subjects(surface).count("GET /menu") == 1


def test_a_sub_app_is_served_below_its_mount_and_is_no_app_of_its_own(read: Read) -> None:
    surface = read("""
        from fastapi import FastAPI
        api = FastAPI()

        @api.get("/menu")
        def menu(): ...

        app = FastAPI()
        app.mount("/api", api)
    """)

    assert surface.apps == ("main:app",)
    assert "GET /api/menu" in subjects(surface)


def test_starlette_route_lists_are_read(read: Read) -> None:
    surface = read("""
        from starlette.applications import Starlette
        from starlette.routing import Mount, Route, WebSocketRoute

        async def menu(request): ...
        async def pay(request): ...
        async def live(socket): ...

        inner = [Route("/pay", pay, methods=["POST"])]
        routes = [Route("/menu", endpoint=menu), Mount("/orders", routes=inner), WebSocketRoute("/live", live)]
        app = Starlette(routes=routes)
    """)

    assert subjects(surface) == ["GET /menu", "POST /orders/pay", "WEBSOCKET /live"]


def test_twins_are_both_listed_since_the_first_one_serves(read: Read) -> None:
    surface = read("""
        from fastapi import FastAPI
        app = FastAPI()

        @app.get("/menu")
        def first(): ...

        @app.get("/menu")
        def second(): ...
    """)

    assert [route.handler for route in served(surface)] == ["main:first", "main:second"]


def test_routes_that_start_up_registers_are_late(read: Read) -> None:
    surface = read("""
        from contextlib import asynccontextmanager
        from fastapi import FastAPI

        def menu(): ...

        @asynccontextmanager
        async def lifespan(app: FastAPI):
            app.add_api_route("/menu", menu)
            yield

        app = FastAPI(lifespan=lifespan)
    """)

    (route,) = served(surface)
    assert (route.subject, route.late) == ("GET /menu", True)


def test_a_registration_under_a_setting_says_so(read: Read) -> None:
    surface = read("""
        import os
        from fastapi import FastAPI
        app = FastAPI()
        DEBUG = os.getenv("DEBUG", "")

        if DEBUG:
            @app.get("/debug")
            def debug(): ...
    """)

    (route,) = served(surface)
    assert route.conditions == ("if DEBUG",)


def test_a_handler_is_the_function_behind_its_decorators(read: Read) -> None:
    surface = read("""
        import functools
        from fastapi import FastAPI
        app = FastAPI()

        def timed(function):
            @functools.wraps(function)
            async def inner(*args, **kwargs):
                return await function(*args, **kwargs)
            return inner

        @app.get("/menu")
        @timed
        async def menu(): ...
    """)

    assert served(surface)[0].handler == "main:menu"


def test_a_path_that_the_text_does_not_tell_is_templated_and_not_dropped(read: Read) -> None:
    surface = read("""
        import sys
        from fastapi import FastAPI
        app = FastAPI()

        @app.get(f"/{sys.argv[1]}/menu")
        def menu(): ...
    """)

    (route,) = served(surface)
    assert "{?" in route.path
    assert route.path.endswith("/menu")


def test_a_router_that_cannot_be_followed_is_a_gap_at_its_include(read: Read) -> None:
    surface = read("""
        from fastapi import FastAPI
        from plugins import find
        app = FastAPI()
        app.include_router(find())
    """)

    (gap,) = surface.gaps
    assert (gap.what, gap.span.path, gap.span.line) == ("include_router", "main.py", 5)


def test_a_router_that_no_app_includes_is_listed_without_one(read: Read) -> None:
    surface = read("""
        from fastapi import APIRouter
        router = APIRouter()

        @router.get("/menu")
        def menu(): ...
    """)

    assert [(route.app, route.subject) for route in surface.routes] == [(None, "GET /menu")]


def test_names_that_wait_for_each_other_end(read: Read) -> None:
    surface = read(
        """
        from fastapi import FastAPI
        from other import PREFIX
        app = FastAPI()

        def walk(depth):
            if depth > 3:
                return walk(depth - 1)
            return walk(depth + 1)

        @app.get(f"{PREFIX}/menu{walk(1)}")
        def menu(): ...
        """,
        other="from third import PREFIX",
        third="from other import PREFIX",
    )

    assert len(served(surface)) == 1


def test_a_docstring_that_names_the_framework_makes_nobody_a_factory(read: Read) -> None:
    surface = read("""
        from fastapi import FastAPI
        app = FastAPI()

        def scope():
            '''Give what FastAPI (the framework) gives.'''
            app.get("menu")
    """)

    assert surface.apps == ("main:app",)
