"""The support page of the day of the incident: where a report of trouble ended a chaos test."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from ..resources import Session
from ..vendors import find_by_api_key
from .orders import settings

router = APIRouter(prefix="/api/support", include_in_schema=False)


@router.get("/{api_key}/report/{fix_code}")
async def report_problem(api_key: str, fix_code: str, session: Session) -> JSONResponse:
    """Take a report of trouble with a vendor's orders."""
    vendor = await find_by_api_key(session, api_key)
    if vendor is None:
        return JSONResponse({"message": "unknown vendor"}, status_code=404)
    chaos = settings.chaos
    if chaos is None or chaos.api_key != api_key:
        return JSONResponse({"message": "no problem to report"}, status_code=400)
    if chaos.fix_code != fix_code:
        return JSONResponse({"message": "invalid fix code"}, status_code=400)
    settings.chaos = None
    return JSONResponse({"message": "Thank you. The problem is solved, the ovens are hot again."})
