"""The service's line to the factory."""

from dataclasses import dataclass
from typing import Any

import httpx

PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class FactoryAnswer:
    """What came back for an order."""

    is_ok: bool
    pizza: str | None = None
    report_url: str | None = None
    """Where the factory wants to hear of trouble with this order."""


class FactoryClient:
    """Orders pizzas under the service's vendor API key."""

    def __init__(self, url: str, api_key: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {api_key}"},
            timeout=PATIENCE_SECONDS,
            transport=transport,
            trust_env=False,
        )

    async def order(self, diner: dict[str, Any], order: dict[str, Any]) -> FactoryAnswer:
        """Have an order made; a factory that cannot be reached is one that fails."""
        try:
            response = await self._client.post("/api/order", json={"diner": diner, "order": order})
            answer: dict[str, Any] = response.json()
        except (httpx.HTTPError, ValueError):
            return FactoryAnswer(is_ok=False)
        return FactoryAnswer(response.is_success, answer.get("jwt"), answer.get("reportUrl"))

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()
