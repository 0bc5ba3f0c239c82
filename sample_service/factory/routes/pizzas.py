"""Is this pizza ours? Anyone may ask, and fetch the keys to see for themselves."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from ..resources import FactoryResources
from ..shapes import PizzaBody

router = APIRouter(tags=["pizza"])


@router.post("/api/order/verify")
async def verify_pizza(body: PizzaBody, resources: FactoryResources) -> JSONResponse:
    """Tell whether a JWT is a fresh pizza of this factory, and what it says."""
    payload = resources.oven.verify(body.jwt)
    if payload is None:
        return JSONResponse({"message": "invalid"}, status_code=403)
    return JSONResponse({"message": "valid", "payload": payload})


@router.get("/.well-known/jwks.json")
async def list_keys(resources: FactoryResources) -> dict[str, Any]:
    """List the public keys."""
    return resources.oven.public_keys()
