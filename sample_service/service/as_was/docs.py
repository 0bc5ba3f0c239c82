"""The service's documentation of itself, as it was on the day of the incident."""

from typing import Any

from fastapi import APIRouter

from ..endpoints import ENDPOINTS
from ..resources import ServiceResources
from ..version import VERSION

router = APIRouter(prefix="/api/docs", tags=["home"])


@router.get("")
async def show_docs(resources: ServiceResources) -> dict[str, Any]:
    """List the endpoints."""
    return {
        "version": VERSION,
        "endpoints": [endpoint.to_document() for endpoint in ENDPOINTS],
        "config": {"factory": resources.settings.factory_url, "db": resources.database.host},
    }
