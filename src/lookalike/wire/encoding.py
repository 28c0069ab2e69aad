"""Encoding: values to bytes and back, in the face of each API version.

None is written as null and UNSET is left out. An Id is a number in 3.1 and a string in 4.0, and
read from both. The few properties that exist in one version only stand in ONE_VERSION and nowhere
else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from lookalike.wire.fields import Mask, drop, pick
from lookalike.wire.ids import Id
from lookalike.wire.operation import V31, V40, Omissible
from lookalike.wire.refusals import Malformed, Unfit

T = TypeVar("T")

MAX_DEPTH = 64

ONE_VERSION: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    V31: {
        "User": ("home_space_id", "personal_space_id"),
        "Query": ("runtime",),
        "LookmlModelNavExplore": ("can",),
        "GitStatus": ("can",),
        "Snippet": ("can",),
        "ImportedProject": ("can",),
        "LocalizationSettings": ("can",),
        "DashboardBase": ("space",),
        "Dashboard": ("space", "space_id"),
        "Look": ("user", "space_id", "space"),
    },
    V40: {
        "AccessToken": ("refresh_token",),
        "Project": ("is_git_dev_locked", "has_production_counterpart", "dependency_status"),
        "WriteProject": ("dependency_status",),
        "User": (
            "credentials_workforce",
            "embed_group_folder_id",
            "is_iam_admin",
            "can_manage_api3_creds",
            "is_service_account",
            "service_account_name",
        ),
        "CredentialsApi3": ("purpose",),
        "CreateCredentialsApi3": ("purpose",),
        "Role": ("internal",),
        "Look": ("certification_metadata", "user_name", "usage_count", "is_owner_disabled"),
        "DashboardBase": ("certification_metadata",),
        "Dashboard": (
            "certification_metadata",
            "chat_enabled",
            "usage_count",
            "is_owner_disabled",
            "url",
            "preserve_desktop_layout",
            "download_settings",
        ),
        "DashboardElement": (
            "dashboard_layout_id",
            "filter_id",
            "extension_id",
            "aria_description",
            "certification_metadata",
        ),
        "DashboardLayout": ("label", "description", "order", "lookml_link_id"),
        "DashboardLayoutComponent": (
            "granular_row",
            "granular_column",
            "granular_width",
            "granular_height",
        ),
        "DashboardAppearance": ("modern_vis2026",),
        "RunningQueries": ("sql_interface_sql",),
        "DBConnection": (
            "named_driver_version_requested",
            "named_driver_version_actual",
            "has_password",
            "uses_key_pair_auth",
            "uses_instance_oauth",
            "uses_service_auth",
            "max_queries",
            "max_queries_per_user",
            "tmp_db_host",
            "custom_local_port",
            "tunnel_id",
            "pdt_concurrency",
            "disable_context_comment",
            "oauth_application_id",
            "always_retry_failed_builds",
            "uses_application_default_credentials",
            "impersonated_service_account",
            "cost_estimate_enabled",
            "pdt_api_control_enabled",
            "connection_pooling",
            "default_bq_connection",
            "bq_storage_project_id",
            "bq_roles_verified",
            "p4sa_name",
            "query_holding_disabled",
            "service_name",
        ),
        "DBConnectionOverride": (
            "pdt_host",
            "pdt_port",
            "pdt_username",
            "pdt_password",
            "pdt_certificate",
            "pdt_file_type",
            "pdt_database",
            "pdt_schema",
            "pdt_jdbc_additional_params",
            "pdt_after_connect_statements",
            "pdt_service_name",
        ),
        "LookmlModelExplore": (
            "title",
            "can_develop",
            "can_see_lookml",
            "lookml_link",
            "self_service_explore_data",
            "dialect_name",
            "always_join",
        ),
        "LookmlModelExploreField": (
            "available_custom_timeframes",
            "timeframe_labels",
            "drill_fields",
            "has_drills_metadata",
            "links",
            "period_over_period_params",
            "synonyms",
            "value_format_name",
            "times_used",
            "original_view",
            "datatype",
            "convert_tz",
        ),
    },
}
"""Version to struct to the properties that only this version has."""


def encode(value: object, version: str, mask: Mask | None = None) -> bytes:
    """`value` as JSON for `version`, in the part that `mask` names."""
    absent = _absent_from(_element_type(value), version)
    if mask is None and not absent:
        return _ENCODERS[version].encode(value)
    plain = msgspec.to_builtins(value, enc_hook=_WRITE_ID[version])
    return msgspec.json.encode(pick(drop(plain, absent), mask))


def decode(type_: type[T], raw: bytes) -> T:
    """A value from JSON.

    Raises Malformed for what is no JSON, Unfit for a field of another shape.
    """
    if not raw and isinstance(type_, type) and issubclass(type_, Omissible):
        return type_()
    check_depth(raw)
    try:
        return _decoder(type_).decode(raw)
    except msgspec.ValidationError as error:
        raise _unfit(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed("the body is not valid JSON") from None


def convert(type_: type[T], values: Mapping[str, str]) -> T:
    """A value from a form, whose parts are all text."""
    try:
        return msgspec.convert(values, type_, strict=False, dec_hook=read_id)
    except msgspec.ValidationError as error:
        raise _unfit(error) from None


def date_time(at: datetime | None) -> str | None:
    """A time as every known client reads it: `2024-01-01T00:00:00.000+00:00`."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds")


def read_id(type_: type[Any], value: Any) -> Any:
    """The `dec_hook` of msgspec for Id: a number or a text."""
    if type_ is Id and isinstance(value, int | str) and not isinstance(value, bool):
        return Id(value)
    raise ValueError("expected an id, a number or a string")


def only_in_other(struct: str, version: str) -> frozenset[str]:
    """The properties of a struct that `version` does not have."""
    return frozenset(
        name
        for other, structs in ONE_VERSION.items()
        if other != version
        for name in structs.get(struct, ())
    )


def _id_number(value: Any) -> Any:
    """3.1 writes a number; an id that is none (it never is, for our own records) stays text."""
    return int(value) if value.isascii() and value.isdigit() else str(value)


_WRITE_ID: Mapping[str, Callable[[Any], Any]] = {V31: _id_number, V40: str}
_ENCODERS = {
    version: msgspec.json.Encoder(enc_hook=write_id) for version, write_id in _WRITE_ID.items()
}


_DECODERS: dict[type[Any], msgspec.json.Decoder[Any]] = {}


def _decoder(type_: type[T]) -> msgspec.json.Decoder[T]:
    found = _DECODERS.get(type_)
    if found is None:
        found = _DECODERS[type_] = msgspec.json.Decoder(type_, dec_hook=read_id)
    return found


def _element_type(value: object) -> type[Any]:
    if isinstance(value, list | tuple) and value:
        return type(value[0])
    return type(value)


_ABSENT: dict[tuple[type[Any], str], Mask] = {}


def _absent_from(type_: type[Any], version: str) -> Mask:
    """What a struct and those inside of it must leave out in `version`."""
    found = _ABSENT.get((type_, version))
    if found is None:
        is_struct = issubclass(type_, Struct)
        found = _absent(msgspec.inspect.type_info(type_), version) if is_struct else {}
        _ABSENT[type_, version] = found
    return found


def _absent(info: msgspec.inspect.Type, version: str) -> Mask:
    if isinstance(info, msgspec.inspect.Metadata):
        return _absent(info.type, version)
    if isinstance(info, msgspec.inspect.UnionType):
        return {name: part for each in info.types for name, part in _absent(each, version).items()}
    if isinstance(info, msgspec.inspect.ListType | msgspec.inspect.VarTupleType):
        return _absent(info.item_type, version)
    if not isinstance(info, msgspec.inspect.StructType):
        return {}
    dropped = only_in_other(info.cls.__name__, version)
    found: dict[str, Mask | None] = dict.fromkeys(dropped)
    for field in info.fields:
        inner = _absent(field.type, version)
        if inner and field.encode_name not in dropped:
            found[field.encode_name] = inner
    return found


_NESTING = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def check_depth(raw: bytes) -> None:
    """Raise Malformed if brackets are nested deeper than MAX_DEPTH; strings do not count."""
    if raw.count(b"[") + raw.count(b"{") <= MAX_DEPTH:
        return
    depth = 0
    for found in _NESTING.finditer(raw):
        sign = found[0]
        if sign in (b"[", b"{"):
            depth += 1
            if depth > MAX_DEPTH:
                raise Malformed(f"the body is nested more than {MAX_DEPTH} deep")
        elif sign in (b"]", b"}"):
            depth -= 1


def _unfit(error: msgspec.ValidationError) -> Unfit:
    message, _, place = str(error).partition(" - at `$")
    field = place.rstrip("`").lstrip(".")
    if "missing required field" in message:
        field = ".".join(part for part in (field, message.split("`")[1]) if part)
    return Unfit(field, message[:1].lower() + message[1:])
