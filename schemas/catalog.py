"""The only reader of packaged YAML: forms by campaign, ``extends`` resolved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from schemas.errors import FormError
from schemas.form import Form
from schemas.form_merge import merged


@cache
def forms() -> Mapping[str, Form]:
    """Every packaged form by campaign. Raises FormError naming file and key."""
    return read_forms(files("schemas").joinpath("forms"))


def read_forms(folder: Traversable) -> Mapping[str, Form]:
    """The forms of ``folder`` (one folder a family), ``extends`` resolved. Raises as ``forms``."""
    raw: dict[str, tuple[str, dict[str, Any]]] = {}
    for family in sorted(folder.iterdir(), key=lambda p: p.name):
        if not family.is_dir():
            continue
        for one in sorted(family.iterdir(), key=lambda p: p.name):
            if one.name.endswith(".yaml"):
                data = _parsed(one)
                if data["campaign"] in raw:
                    raise FormError(
                        name=one.name, place="campaign", detail="đợt này đã có tệp khác"
                    )
                raw[data["campaign"]] = (one.name, data)
    # A file that others extend comes first, so that its error is told by its own name.
    order = sorted(raw, key=lambda campaign: "extends" in raw[campaign][1])
    built = {campaign: _build(campaign, raw) for campaign in order}
    return MappingProxyType({campaign: _sharing(campaign, built) for campaign in raw})


def _parsed(one: Traversable) -> dict[str, Any]:
    try:
        data = yaml.load(one.read_text("utf-8"), Loader=_loader())
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"dòng {mark.line + 1}" if mark is not None else ""
        raise FormError(name=one.name, place=place, detail=str(error).splitlines()[0]) from error
    if not isinstance(data, dict) or not isinstance(data.get("campaign"), str):
        raise FormError(name=one.name, place="campaign", detail="thiếu mã đợt")
    return data


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _merged(
    campaign: str, raw: dict[str, tuple[str, dict[str, Any]]], below: tuple[str, ...] = ()
) -> dict[str, Any]:
    name, data = raw[campaign]
    base = data.get("extends")
    if base is None:
        return data
    if base not in raw or base in (*below, campaign):
        raise FormError(name=name, place="extends", detail=str(base))
    return merged(_merged(base, raw, (*below, campaign)), data, name)


def _build(campaign: str, raw: dict[str, tuple[str, dict[str, Any]]]) -> Form:
    try:
        return Form.model_validate(_merged(campaign, raw))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FormError(name=raw[campaign][0], place=place, detail=first["msg"]) from error


def _sharing(campaign: str, built: Mapping[str, Form]) -> Form:
    """The form of ``campaign``, holding the very parts of the form it extends that it does not
    change: what is worked out of them is worked out once (``parsers.per_form``)."""
    own = built[campaign]
    if own.extends is None:
        return own
    base = _sharing(own.extends, built)
    same = {
        name: getattr(base, name)
        for name in Form.model_fields
        if getattr(own, name) == getattr(base, name)
    }
    return own.model_copy(update=same)


def form(campaign: str) -> Form:
    """The form of ``campaign``; FormError if there is none."""
    try:
        return forms()[campaign]
    except KeyError:
        raise FormError(detail=f"không có đợt «{campaign}»") from None


@cache
def fingerprint() -> str:
    """SHA-256 over every packaged form and registry file: changes when any of them does."""
    digest = hashlib.sha256()
    root = files("schemas")
    for folder in (root.joinpath("registry"), *sorted(root.joinpath("forms").iterdir(), key=str)):
        if folder.is_dir():
            for one in sorted(folder.iterdir(), key=lambda p: p.name):
                if one.is_file():
                    digest.update(one.name.encode() + one.read_bytes())
    return digest.hexdigest()
