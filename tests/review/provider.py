"""A small OpenID provider for tests: real addresses, real signatures, and ways to misbehave."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import FastAPI, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jws, jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "tonghop", "a secret of the test"


@dataclass
class Behaviour:
    """Who logs in, and what is wrong with the answer (empty: nothing)."""

    sub: str = "id-42"
    claims: dict[str, Any] = field(
        default_factory=lambda: {"preferred_username": "lan", "name": "Lê Thị Lan"}
    )
    fault: str = ""


def make(issuer: str, behaviour: Behaviour) -> FastAPI:
    """The provider as an application; ``issuer`` is where it will be served."""
    app = FastAPI()
    key = RSAKey.generate_key(2048, auto_kid=True)
    other = RSAKey.generate_key(2048, parameters={"kid": key.kid})
    codes: dict[str, dict[str, str]] = {}

    @app.get("/.well-known/openid-configuration")
    def configuration() -> dict[str, str]:
        return {
            "issuer": "https://other.example" if behaviour.fault == "issuer" else issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
        }

    @app.get("/jwks")
    def jwks() -> dict[str, Any]:
        return KeySet([key]).as_dict(private=False)

    @app.get("/authorize")
    def authorize(request: Request) -> RedirectResponse:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"]
        code = secrets.token_urlsafe(16)
        codes[code] = asked
        answer = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}")

    @app.post("/token")
    def token(
        request: Request,
        code: str = Form(),
        redirect_uri: str = Form(),
        code_verifier: str = Form(),
    ) -> JSONResponse:
        asked = codes.pop(code, None)
        if asked is None or create_s256_code_challenge(code_verifier) != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        assert redirect_uri == asked["redirect_uri"]
        assert request.headers["authorization"].startswith("Basic ")
        return JSONResponse(
            {"access_token": "x", "token_type": "Bearer", "id_token": id_token(asked["nonce"])}
        )

    def id_token(nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": issuer,
            "sub": behaviour.sub,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            **behaviour.claims,
        }
        wrong: dict[str, dict[str, Any]] = {
            "audience": {"aud": "another"},
            "expired": {"exp": now - 3600},
            "nonce": {"nonce": "old"},
            "token issuer": {"iss": "https://other.example"},
        }
        claims |= wrong.get(behaviour.fault, {})
        if behaviour.fault == "key":
            return jwt.encode({"alg": "RS256", "kid": other.kid}, claims, other)
        if behaviour.fault == "none":
            empty = OctKey.import_key("x" * 32)
            registry = jws.JWSRegistry(algorithms=["none"])
            return jwt.encode({"alg": "none"}, claims, empty, registry=registry)
        if behaviour.fault == "shared secret":
            public = OctKey.import_key(key.as_pem(private=False))
            return jwt.encode({"alg": "HS256", "kid": key.kid}, claims, public)
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)

    return app
