"""What is wrong in the sample service on purpose: where it stands, and the rule that must find it there.

An anchor is text that occurs once in its file; the finding stands on the line of one of the anchors. `stage` says which
rules are meant: the first ones (1), those that came next (2), or one that does not exist yet (0).
"""

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FACTORY = "sample_service/factory/as_was"
SERVICE = "sample_service/service/as_was"


class WrongRow(NamedTuple):
    """One fault of the incident's build."""

    row: str
    file: str
    """Relative to the checkout."""
    anchors: tuple[str, ...]
    rule: str
    stage: int

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines on which the finding may stand, 1-based."""
        text = (ROOT / self.file).read_text(encoding="utf-8").splitlines()
        return tuple(number for number, line in enumerate(text, start=1) for anchor in self.anchors if anchor in line)


WRONG_ROWS = (
    # --- the factory --------------------------------------------------------------------------------------------------
    WrongRow(
        "POST /api/vendor: anyone registers",
        f"{FACTORY}/registration.py",
        ('@router.post("")', "async def register_vendor("),
        "unauthenticated-route",
        1,
    ),
    WrongRow(
        "POST /api/vendor/code: a code from a non-cryptographic generator",
        f"{FACTORY}/codes.py",
        ("random.choices(",),
        "bandit:B311",
        2,
    ),
    WrongRow(
        "PUT /api/vendor/chaos/{type}: an ordinary vendor key schedules what overrides POST /api/order",
        f"{FACTORY}/chaos.py",
        ("@router.put(", "async def start_chaos(", "settings.chaos = Chaos("),
        "remote-controlled-flag",
        2,
    ),
    WrongRow(
        "PUT /api/vendor/chaos/{type}: documented with an admin token, guarded by a vendor key",
        f"{FACTORY}/chaos.py",
        ("@router.put(", "async def start_chaos("),
        "missing-scope",
        0,
    ),
    WrongRow(
        "POST /api/order: a start date, set the day before, turns the order handler into another",
        f"{FACTORY}/orders.py",
        ("resources.clock.now() >= chaos.start_date",),
        "time-bomb",
        1,
    ),
    WrongRow(
        "POST /api/order: a mutable attribute stands in front of the order handler",
        f"{FACTORY}/orders.py",
        ("chaos = settings.chaos", "resources.clock.now() >= chaos.start_date", "settings = OrderSettings()"),
        "switchable-override",
        1,
    ),
    WrongRow(
        "POST /api/order: the chaos hook (fail, badjwt, throttle)",
        f"{FACTORY}/orders.py",
        (
            "chaos = settings.chaos",
            "resources.clock.now() >= chaos.start_date",
            "return await chaos_monkey(",
            "async def chaos_monkey(",
        ),
        "chaos-hook",
        1,
    ),
    WrongRow(
        "POST /api/order: reportUrl holds the API key and the fix code",
        f"{FACTORY}/orders.py",
        (
            'report_url = f"{resources.settings.public_url}/api/support/',
            '"message": "chaos monkey", "reportUrl": report_url',
            '"jwt": pizza, "reportUrl": report_url',
        ),
        "control-url-in-response",
        1,
    ),
    WrongRow(
        "GET /api/support/{apiKey}/report/{fixCode}: anyone",
        f"{FACTORY}/support.py",
        ('@router.get("/{api_key}/report/{fix_code}")', "async def report_problem("),
        "unauthenticated-route",
        1,
    ),
    WrongRow(
        "GET /api/support/{apiKey}/report/{fixCode}: a GET that ends the chaos",
        f"{FACTORY}/support.py",
        ('@router.get("/{api_key}/report/{fix_code}")', "async def report_problem(", "settings.chaos = None"),
        "state-changing-get",
        1,
    ),
    WrongRow(
        "GET /api/support/{apiKey}/report/{fixCode}: a credential and a control code in a URL",
        f"{FACTORY}/support.py",
        ('@router.get("/{api_key}/report/{fix_code}")', "async def report_problem("),
        "secret-in-path",
        1,
    ),
    # --- the service --------------------------------------------------------------------------------------------------
    WrongRow(
        "PUT /api/auth: a JWT without exp",
        f"{SERVICE}/tokens.py",
        ("jwt.encode(",),
        "jwt-without-expiry",
        2,
    ),
    WrongRow(
        "PUT /api/auth: a JWT without aud",
        f"{SERVICE}/tokens.py",
        ("jwt.encode(", "jwt.decode("),
        "jwt-without-audience",
        0,
    ),
    WrongRow(
        "verify without an algorithm list: the token chooses",
        f"{SERVICE}/tokens.py",
        ("jwt.decode(", "jwt.get_unverified_header("),
        "jwt-algorithm-from-token",
        2,
    ),
    WrongRow(
        "PUT /api/user/{userId}: SQL by string concatenation",
        f"{SERVICE}/users.py",
        ('UPDATE "user" SET',),
        "bandit:B608",
        2,
    ),
    WrongRow(
        "GET /api/user: logged in (should be admin)",
        f"{SERVICE}/users.py",
        ('@router.get("")', "async def list_users("),
        "missing-scope",
        0,
    ),
    WrongRow(
        "DELETE /api/user/{userId}: logged in (should be admin)",
        f"{SERVICE}/users.py",
        ('@router.delete("/{user_id}")', "async def delete_user("),
        "missing-scope",
        0,
    ),
    WrongRow(
        "POST /api/order: followLinkToEndChaos passed through in error",
        f"{SERVICE}/orders.py",
        ('"message": "Failed to fulfill order at factory", "followLinkToEndChaos"',),
        "control-url-in-response",
        1,
    ),
    WrongRow(
        "POST /api/order: followLinkToEndChaos passed through in success",
        f"{SERVICE}/orders.py",
        ('"order": order, "followLinkToEndChaos"',),
        "control-url-in-response",
        1,
    ),
    WrongRow(
        "DELETE /api/franchise/{franchiseId}: no guard at all",
        f"{SERVICE}/franchises.py",
        ('@router.delete("/{franchise_id}")', "async def delete_franchise("),
        "unauthenticated-route",
        1,
    ),
    WrongRow(
        "GET /api/docs: leaks the factory URL and the database host",
        f"{SERVICE}/docs.py",
        ('@router.get("")', "async def show_docs(", '"config": {"factory"'),
        "secret-in-response",
        0,
    ),
    WrongRow(
        "the error handler returns the stack trace",
        f"{SERVICE}/errors.py",
        ("traceback.format_exception(error)", '"stack": stack'),
        "stack-trace-in-response",
        2,
    ),
    WrongRow(
        "CORS reflects any origin with credentials",
        f"{SERVICE}/cors.py",
        ("app.add_middleware(", 'allow_origin_regex=".*"', "allow_credentials=True"),
        "permissive-cors",
        2,
    ),
    WrongRow(
        "default admin a@jwt.com with password admin",
        f"{SERVICE}/default_admin.py",
        ('ADMIN_PASSWORD = "admin"', "password=ADMIN_PASSWORD"),
        "default-secret",
        2,
    ),
)
