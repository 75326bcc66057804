"""Signing on through the office's OpenID provider: authorisation code with PKCE, Authlib's client.

Who the provider vouches for gets in only with an account here: made beforehand with the provider's
subject, or (where ``default_role`` says so) on the first visit.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from schemas.errors import ConfigurationError, SignOnFailed
from schemas.settings import SignOnSettings

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures by the provider's private key only: never «none», never a shared secret."""
_SECONDS = 10.0
_LEEWAY = 60


@dataclass(frozen=True, slots=True)
class Attempt:
    """What ties the provider's answer to the browser that asked; kept in that browser's cookie."""

    state: str
    nonce: str
    verifier: str
    target: str

    def to_cookie(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_cookie(text: str) -> Attempt:
        """Raises SignOnFailed for a cookie that is not one of ours."""
        try:
            return Attempt(**{k: str(v) for k, v in json.loads(text).items()})
        except (ValueError, TypeError, AttributeError) as error:
            raise SignOnFailed(detail="phiên đăng nhập đã hết hạn") from error


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider vouches for. ``subject``: issuer and the provider's own id."""

    subject: str
    name: str
    display_name: str


class Provider:
    """The office's provider; its addresses and keys are asked for when needed."""

    def __init__(self, settings: SignOnSettings, callback: str) -> None:
        self._settings = settings
        self._callback = callback
        parts = urlsplit(settings.issuer)
        if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
            raise ConfigurationError(name="review.sign_on.issuer", detail="phải là https://")

    def begin(self, target: str) -> tuple[str, Attempt]:
        """Where to send the browser, and what to keep until it returns. Raises SignOnFailed."""
        attempt = Attempt(
            secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), target
        )
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._known(client)["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(address), attempt

    def finish(self, attempt: Attempt, state: str, code: str) -> Person:
        """Whom the answer vouches for. Raises SignOnFailed for anything that does not fit."""
        if not code or not secrets.compare_digest(state.encode(), attempt.state.encode()):
            raise SignOnFailed(detail="câu trả lời không khớp với lần đăng nhập này")
        with self._client() as client:
            known = self._known(client)
            token = self._ask(
                lambda: client.fetch_token(
                    known["token_endpoint"], code=code, code_verifier=attempt.verifier
                )
            )
            keys = self._ask(lambda: self._json(client, known["jwks_uri"]))
        return self._vouched(str(token.get("id_token", "")), keys, attempt.nonce)

    def _client(self) -> Any:
        try:
            from authlib.integrations.httpx_client import OAuth2Client  # noqa: PLC0415
        except ImportError as error:
            raise ConfigurationError(name="review.sign_on", detail="cần gói «sso»") from error
        return OAuth2Client(
            self._settings.client_id,
            self._settings.client_secret or None,
            scope="openid profile",
            redirect_uri=self._callback,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )

    def _known(self, client: Any) -> dict[str, Any]:
        issuer = self._settings.issuer.rstrip("/")
        found = self._ask(lambda: self._json(client, f"{issuer}/.well-known/openid-configuration"))
        if str(found.get("issuer", "")).rstrip("/") != issuer:
            raise SignOnFailed(detail="nhà cung cấp xưng tên khác")
        missing = {"authorization_endpoint", "token_endpoint", "jwks_uri"} - set(found)
        if missing:
            raise SignOnFailed(detail=f"nhà cung cấp thiếu {', '.join(sorted(missing))}")
        return found

    def _json(self, client: Any, address: str) -> dict[str, Any]:
        answer = client.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        result: dict[str, Any] = answer.json()
        return result

    def _ask(self, question: Any) -> dict[str, Any]:
        import httpx  # noqa: PLC0415
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415

        try:
            return dict(question())
        except (httpx.HTTPError, AuthlibBaseError, ValueError) as error:
            raise SignOnFailed(detail=type(error).__name__) from error

    def _vouched(self, id_token: str, keys: Any, nonce: str) -> Person:
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415
        from joserfc.jwt import ClaimsOption  # noqa: PLC0415

        essential = ClaimsOption(essential=True)
        registry = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            nonce={"essential": True, "value": nonce},
            exp=essential,
            iat=essential,
            sub=essential,
        )
        try:
            claims = jwt.decode(
                id_token, KeySet.import_key_set(keys), algorithms=_ALGORITHMS
            ).claims
            registry.validate(claims)
        except (JoseError, ValueError, KeyError) as error:
            raise SignOnFailed(detail=type(error).__name__) from error
        audience = claims["aud"]
        several = isinstance(audience, list) and len(audience) > 1
        if several and claims.get("azp") != self._settings.client_id:
            raise SignOnFailed(detail="azp")
        name = str(claims.get("preferred_username") or claims["sub"])
        return Person(
            f"{self._settings.issuer}|{claims['sub']}", name, str(claims.get("name") or name)
        )
