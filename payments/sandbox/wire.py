"""From the bytes on the wire to checked parameters: nested form encoding, then the SDK's own types.

The SDK publishes one TypedDict per call. They are checked by pydantic with every unknown key
forbidden, so a parameter that Stripe does not know is refused here as it would be there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl

import stripe.params
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from stripe._request_options import RequestOptions
from typing_extensions import TypedDict, get_type_hints

from payments.sandbox.errors import ApiError, Json, invalid

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART = re.compile(r"\[([^\[\]]*)\]")


def decode_form(text: str) -> Json:
    """`a[b][0]=c` → {"a": {"b": ["c"]}}. Every leaf is a string."""
    tree: Json = {}
    for key, value in parse_qsl(text, keep_blank_values=True, max_num_fields=1000):
        match = _KEY.fullmatch(key)
        if match is None:
            raise invalid(f"Invalid parameter name: {key!r}", param=key)
        path = [match[1], *_PART.findall(match[2])]
        node = tree
        for part, following in pairwise(path):
            if part == "":
                part = str(len(node))
            child = node.setdefault(part, {})
            if not isinstance(child, dict):
                raise invalid(f"Invalid nesting at {following!r}", param=key)
            node = child
        node[path[-1] or str(len(node))] = value
    return {key: _lists(value) for key, value in tree.items()}


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(key.isdigit() and len(key) < 5 for key in node):
        return [_lists(node[key]) for key in sorted(node, key=int)]
    return {key: _lists(value) for key, value in node.items()}


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    """The wire form of `stripe.params.<name>`: its own keys, without the SDK's request options."""
    hints = get_type_hints(
        getattr(stripe.params, name),
        localns={"StripeContext": str, "Mapping": Mapping},
        include_extras=True,
    )
    own = {key: hint for key, hint in hints.items() if key not in RequestOptions.__annotations__}
    wire = TypedDict("wire", own)  # type: ignore[misc]
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return TypeAdapter(with_config(config)(wire))


def check(name: str, raw: Json) -> Json:
    """The parameters of one call, typed; the first fault becomes a Stripe-shaped refusal."""
    try:
        params: Json = _adapter(name).validate_python(raw)
    except ValidationError as error:
        raise _refusal(error) from error
    for key, value in params.items():
        if type(value) is int and str(value) != raw[key]:
            raise _bad_integer(key, raw[key])
    return params


def _refusal(error: ValidationError) -> ApiError:
    first = error.errors()[0]
    path = [str(part) for part in first["loc"] if not re.search(r"\W", str(part))]
    param = path[0] + "".join(f"[{part}]" for part in path[1:]) if path else ""
    match first["type"]:
        case "missing":
            return invalid(
                f"Missing required param: {param}.", code="parameter_missing", param=param
            )
        case "extra_forbidden":
            return invalid(
                f"Received unknown parameter: {param}", code="parameter_unknown", param=param
            )
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return _bad_integer(param, first["input"])
        case _:
            return invalid(f"Invalid {param}: {first['msg']}", param=param)


def _bad_integer(param: str, value: object) -> ApiError:
    return invalid(f"Invalid integer: {value}", code="parameter_invalid_integer", param=param)
