"""One tree with one report about it, which every format shows."""

from dataclasses import replace
from pathlib import Path

import pytest

from pizzaguard.audit.finding import (
    Applicability,
    Confidence,
    Edit,
    Finding,
    Fix,
    Gap,
    Position,
    RelatedSpan,
    Report,
    Rule,
    Severity,
    Span,
    SuppressedFinding,
)
from pizzaguard.audit.output import View
from pizzaguard.audit.surface.nouns import Access, Effect, GuardUse, Level, Route, RouteSurface

ORDERS = '''"""Orders."""
from fastapi import APIRouter

router = APIRouter()


@router.post("/orders")
async def create_order(order: dict) -> dict:
\treturn {"ordered": order}  # größer als 🍕


KEY = "hunter2"
'''
OPEN = Rule(
    name="open-oven",
    summary="oven that anyone opens",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(306, 22),
    owasp=("API2:2023",),
    fix=Applicability.UNSAFE,
    since="0.1.0",
    help="# open-oven\n\n## What it does\nLooks for open ovens.\n",
    advice="Put a guard before the oven.",
)
SECRET = Rule("hidden-recipe", "recipe in the text", Severity.MEDIUM, Confidence.LOW, cwe=(798,), redact=True)
COLD = Rule("cold-pizza", "pizza that came late", Severity.LOW, Confidence.HIGH, cwe=(1164,), advice="Hurry.")
HOSTILE = "\x1b[2J\u202e](http://evil.example) | <b>%0A::error::"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "shop").mkdir(parents=True)
    (root / "shop" / "orders.py").write_text(ORDERS, encoding="utf-8")
    return root


@pytest.fixture
def view(tree: Path) -> View:
    return View.of(str(tree), tree)


@pytest.fixture
def report(tree: Path) -> Report:
    route = Finding.of(
        OPEN,
        Span("shop/orders.py", Position(7, 1), Position(7, 24)),
        "route has no authentication",
        subject="POST /orders",
        handler="shop.orders:create_order",
        route=(("POST",), "/orders"),
        related=[RelatedSpan(Span.at("shop/orders.py", 4), "this router has no dependencies")],
        severity=Severity.CRITICAL,
        fix=Fix(
            "add a guard",
            Applicability.UNSAFE,
            (Edit(Span.at("shop/orders.py", 7, 23), ", dependencies=[requires()]"),),
            ("from pizzaguard import requires",),
        ),
        guards=["shop.limits:rate_limit"],
    )
    body = Finding.of(OPEN, Span.at("shop/orders.py", 9, 9, 9, 27), "answer of 'create_order' tells all")
    recipe = Finding.of(SECRET, Span.at("shop/orders.py", 12, 1, 12, 16), "key in the text")
    unused = Finding.of(COLD, Span.at("shop/gone.py", 3), "nothing here to silence")
    return Report(
        root=str(tree),
        findings=(route, body, recipe),
        suppressed=(SuppressedFinding(unused, "kept for the demo"),),
        gaps=(Gap("include_router", "dynamic", Span.at("shop/plugins.py", 8), "a loop over plug-ins"),),
        routes=24,
        apps=("shop.main:app",),
        unknown=2,
        rules=(OPEN, SECRET),
        files=7,
    )


@pytest.fixture
def hostile_report(report: Report) -> Report:
    """The same with a string of the tree everywhere that it tries to be more than text."""
    first = replace(
        report.findings[0],
        message=HOSTILE,
        subject=HOSTILE,
        handler=HOSTILE,
        span=Span.at(f"shop/{HOSTILE},:.py", 1),
        related=(RelatedSpan(Span.at(HOSTILE, 1), HOSTILE),),
        guards=(HOSTILE,),
    )
    gap = Gap(HOSTILE, HOSTILE, Span.at(HOSTILE, 1), HOSTILE)
    return replace(report, findings=(first,), gaps=(gap,), suppressed=(SuppressedFinding(first, HOSTILE),))


@pytest.fixture
def surface() -> RouteSurface:
    guard = GuardUse(
        "shop.auth:current_user",
        Level.PARAMETER,
        Effect.AUTHENTICATION,
        ("order:write",),
        None,
        file="shop/auth.py",
        line=12,
    )
    limit = GuardUse("shop.limits:rate_limit", Level.ROUTER, Effect.NONE, conditional="settings.LIMITS")
    order = Route(
        app="shop.main:app",
        methods=("POST",),
        path="/api/order",
        kind="http",
        handler="shop.orders:create_order",
        span=Span.at("shop/orders.py", 41),
        access=Access.SCOPED,
        access_default=Access.PUBLIC,
        scopes=("order:write",),
        guards=(guard, limit),
        dependencies=("shop.auth:current_user", "shop.db:session"),
        dependencies_conditional=("shop.auth:current_user",),
        conditions=("if settings.ENABLE_ORDERS",),
        via=(Span.at("shop/main.py", 30),),
    )
    socket = Route(
        app=None,
        methods=(),
        path="/live|`x`",
        kind="websocket",
        handler="=cmd()",
        span=Span.at("shop/live.py", 5),
        access=Access.UNKNOWN,
        access_default=Access.UNKNOWN,
    )
    gap = Gap("include_router", "dynamic", Span.at("shop/plugins.py", 8), "a loop over plug-ins")
    return RouteSurface(root=".", routes=(order, socket), gaps=(gap,), apps=("shop.main:app",))
