"""What the TAXII server answers, as a description for programs (OpenAPI 3.0).

The server gives it at ``/taxii2/openapi``; the tests hold the server to it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tawatur.sharing.taxii.asked import MEDIA

OPENAPI_MEDIA = "application/json"

_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"
_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_FLAG = {"type": "boolean"}
_STAMP = {"type": "string", "pattern": _TIME}
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SAID = {
    400: "The filters, the limit or `next` cannot be.",
    401: "Nobody known asks.",
    403: "The collection is not for that.",
    404: "There is no such resource, or none that may be seen.",
    405: "The resource does not do that.",
    406: "The media type of TAXII 2.1 is not accepted.",
    408: "The request did not come to its end in time.",
    413: "It is too large.",
    415: "It is not of the media type of TAXII 2.1.",
    422: "It is no envelope with objects.",
    429: "Too many requests.",
    503: "It cannot be answered now.",
    507: "The disk is full.",
}
_DATES = {
    f"X-TAXII-Date-Added-{which}": {"description": f"When the {which.lower()} line came.",
                                    "schema": _STAMP}
    for which in ("First", "Last")
}  # fmt: skip


def openapi(title: str, roots: Sequence[str], largest: int) -> dict[str, Any]:
    """Return the description of a server.

    Args:
        title: Of the server.
        roots: Paths of its API roots.
        largest: Bytes of one request at most.
    """
    paths = {"/taxii2/": {"get": _reading("Server discovery", "discovery")}}
    for root in roots:
        paths |= {f"/{root}{path}": _of_path(path, methods) for path, methods in _paths().items()}
    return {
        "openapi": "3.0.3",
        "info": {
            "title": title,
            "version": "2.1",
            "description": f"TAXII 2.1. A request has {largest} bytes at most.",
        },
        "security": [{"basic": []}, {"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _paths() -> dict[str, dict[str, Any]]:
    collection = "/collections/{collection}/"
    versions = _match("version", r"^(first|last|all|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)$")
    spec = _match("spec_version", r"^2\.[01](,2\.[01])?$")
    every = [_match("id"), _match("type"), versions, spec]
    return {
        "/": {"get": _reading("API root", "root")},
        "/status/{status}/": {"get": _reading("Status", "status")},
        "/collections/": {"get": _reading("Collections", "collections")},
        collection: {"get": _reading("Collection", "collection")},
        f"{collection}manifest/": {"get": _paging("Manifest", "manifest", every)},
        f"{collection}objects/": {
            "get": _paging("Objects", "envelope", every),
            "post": {
                "summary": "Add objects",
                "requestBody": {
                    "required": True,
                    "content": {MEDIA: {"schema": _named("posted")}},
                },
                "responses": {
                    "202": _answer("What became of each.", "status"),
                    **_refusals(400, 401, 403, 404, 406, 408, 413, 415, 422, 429, 503, 507),
                },
            },
        },
        f"{collection}objects/{{object}}/": {
            "get": _paging("Object", "envelope", [versions, spec]),
            "delete": {
                "summary": "Take an object back",
                "parameters": [versions, spec],
                "responses": {
                    "200": {"description": "It was taken back."},
                    **_refusals(400, 401, 403, 404, 406, 429, 503),
                },
            },
        },
        f"{collection}objects/{{object}}/versions/": {
            "get": _paging("Versions", "versions", [spec])
        },
    }


def _of_path(path: str, methods: Mapping[str, Any]) -> dict[str, Any]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    given = [{"name": n, "in": "path", "required": True, "schema": _TEXT} for n in names]
    return {**methods, **({"parameters": given} if given else {})}


def _reading(summary: str, schema: str) -> dict[str, Any]:
    return {
        "summary": summary,
        "responses": {
            "200": _answer(summary, schema),
            **_refusals(401, 404, 406, 429, 503),
        },
    }


def _paging(summary: str, schema: str, filters: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "summary": summary,
        "parameters": [
            _query("limit", {"type": "integer", "minimum": 1, "maximum": 999_999_999}),
            _query("added_after", _STAMP),
            _query("next", {"type": "string", "minLength": 1}),
            *filters,
        ],
        "responses": {
            "200": {**_answer(summary, schema), "headers": _DATES},
            **_refusals(400, 401, 403, 404, 406, 429, 503),
        },
    }


def _query(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _match(name: str, pattern: str = "^[^,]+(,[^,]+)*$") -> dict[str, Any]:
    return _query(f"match[{name}]", {"type": "string", "pattern": pattern})


def _answer(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": {MEDIA: {"schema": _named(schema)}}}


def _refusals(*statuses: int) -> dict[str, Any]:
    return {str(status): _answer(_SAID[status], "error") for status in sorted({*statuses, 405})}


def _named(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    needed = {"required": required.split()} if required else {}
    return {"type": "object", "properties": properties, **needed}


def _list(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_DETAIL = _object("id version", id=_TEXT, version=_TEXT, message=_TEXT)
_SCHEMAS = {
    "discovery": _object(
        "title",
        title=_TEXT, description=_TEXT, contact=_TEXT, default=_TEXT, api_roots=_list(_TEXT),
    ),
    "root": _object(
        "title versions max_content_length",
        title=_TEXT, description=_TEXT, versions=_list(_TEXT), max_content_length=_COUNT,
    ),
    "collections": _object("", collections=_list(_named("collection"))),
    "collection": _object(
        "id title can_read can_write",
        id={"type": "string", "pattern": f"^{_UUID}$"}, title=_TEXT, description=_TEXT, alias=_TEXT,
        can_read=_FLAG, can_write=_FLAG, media_types=_list(_TEXT),
    ),
    "manifest": _object(
        "",
        more=_FLAG, next=_TEXT,
        objects=_list(_object(
            "id date_added version", id=_TEXT, date_added=_STAMP, version=_STAMP, media_type=_TEXT
        )),
    ),
    "envelope": _object("", more=_FLAG, next=_TEXT, objects=_list({"type": "object"})),
    "posted": _object("objects", objects=_list(_object(
        "type id",
        type={"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{1,248}$"},
        id={"type": "string", "pattern": f"^[a-z0-9][a-z0-9-]{{1,248}}--{_UUID}$"},
    ))),
    "versions": _object("", more=_FLAG, next=_TEXT, versions=_list(_STAMP)),
    "status": _object(
        "id status total_count success_count failure_count pending_count",
        id=_TEXT, status={"enum": ["complete", "pending"]}, request_timestamp=_STAMP,
        total_count=_COUNT, success_count=_COUNT, successes=_list(_DETAIL),
        failure_count=_COUNT, failures=_list(_DETAIL),
        pending_count=_COUNT, pendings=_list(_DETAIL),
    ),
    "error": _object("title", title=_TEXT, description=_TEXT, http_status=_TEXT),
}  # fmt: skip
