"""The shop's page: static files, and where they find the factory."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.staticfiles import StaticFiles

from .resources import ServiceResources

PAGE = Path(__file__).parent / "page"

router = APIRouter(prefix="/shop", tags=["shop"])
files = StaticFiles(directory=PAGE, html=True)


@router.get("/settings.json")
async def show_settings(resources: ServiceResources) -> dict[str, str]:
    """Tell the page where to have pizzas verified."""
    return {"factory": resources.settings.factory_url}
