"""The oven: a pizza is a JWT, signed with the factory's key."""

import json
from datetime import timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from ..clock import Clock

ALGORITHM = "RS256"
FRESH_FOR = timedelta(hours=24)


class Oven:
    """Bakes pizzas and knows its own again."""

    def __init__(self, issuer: str, clock: Clock, key: RSAPrivateKey | None = None) -> None:
        self._issuer = issuer
        self._clock = clock
        self._key = key or generate_private_key(public_exponent=65537, key_size=2048)
        self._key_id = "factory-1"

    def bake(self, vendor: str, diner: dict[str, Any], order: dict[str, Any]) -> str:
        """Sign a pizza that stays fresh for a day."""
        now = self._clock.now()
        pizza = {
            "iss": self._issuer,
            "iat": now,
            "exp": now + FRESH_FOR,
            "vendor": vendor,
            "diner": diner,
            "order": order,
        }
        return jwt.encode(pizza, self._key, algorithm=ALGORITHM, headers={"kid": self._key_id})

    def verify(self, pizza: str) -> dict[str, Any] | None:
        """Give what a fresh pizza of ours says; None for any other string.

        PyJWT checks the signature. The times are compared here, because it would ask the machine's clock and not ours.
        """
        try:
            payload: dict[str, Any] = json.loads(jwt.PyJWS().decode(pizza, self._key.public_key(), [ALGORITHM]))
        except (jwt.InvalidTokenError, ValueError):
            return None
        is_fresh = payload["iat"] <= self._clock.now().timestamp() < payload["exp"]
        return payload if is_fresh and payload["iss"] == self._issuer else None

    def public_keys(self) -> dict[str, list[dict[str, Any]]]:
        """Give the public keys as a JSON Web Key Set (RFC 7517)."""
        key = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": self._key_id, "alg": ALGORITHM, "use": "sig"}]}
