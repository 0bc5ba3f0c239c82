"""What a user learns about itself."""

from typing import Any

from fastapi import APIRouter

from ..guards import CurrentUser

router = APIRouter(prefix="/api/user", tags=["user"])


@router.get("/me")
async def show_me(user: CurrentUser) -> dict[str, Any]:
    """Show the user who asks."""
    return user.to_document()
