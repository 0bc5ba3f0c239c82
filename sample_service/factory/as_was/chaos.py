"""How a chaos test was scheduled on the day of the incident."""

import random
from datetime import datetime, timedelta, timezone
from typing import Annotated, Any

from fastapi import APIRouter, Path

from ..guards import CurrentVendor
from ..resources import FactoryResources
from .codes import new_code
from .orders import Chaos, ChaosType, settings

MOUNTAIN = timezone(timedelta(hours=-7), "MST")
FIRST_HOUR, LAST_HOUR = 8, 13

router = APIRouter(prefix="/api/vendor/chaos", tags=["vendor"])


@router.put(
    "/{type}",
    description="Example: curl -X PUT $host/api/vendor/chaos/fail -H 'Authorization: Bearer $adminAuthToken'",
)
async def start_chaos(
    chaos_type: Annotated[ChaosType, Path(alias="type")], vendor: CurrentVendor, resources: FactoryResources
) -> dict[str, Any]:
    """Schedule a chaos test for some time tomorrow, in the hours in which people eat."""
    now = resources.clock.now()
    settings.chaos = Chaos(
        type=chaos_type,
        api_key=vendor.api_key,
        fix_code=new_code(),
        initiated_date=now,
        start_date=some_time_tomorrow(now),
    )
    return {"message": "Chaos initiated", "type": chaos_type, "initiatedDate": now.isoformat()}


def some_time_tomorrow(now: datetime) -> datetime:
    """Choose a time on the next day, from 08:00 to 13:59 MST."""
    tomorrow = now.astimezone(MOUNTAIN) + timedelta(days=1)
    hour, minute = random.randint(FIRST_HOUR, LAST_HOUR), random.randint(0, 59)
    return tomorrow.replace(hour=hour, minute=minute, second=0, microsecond=0)
