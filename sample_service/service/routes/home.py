"""The front door."""

from fastapi import APIRouter

from ..version import VERSION

router = APIRouter(tags=["home"])


@router.get("/")
async def welcome() -> dict[str, str]:
    """Say hello."""
    return {"message": "welcome to JWT Pizza", "version": VERSION}
