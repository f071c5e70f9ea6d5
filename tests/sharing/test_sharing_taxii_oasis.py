"""Programs that others wrote find what the specification says."""

import json
import os
import runpy
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.sharing.support_taxii import (
    AHMAD,
    MEDIA,
    SHELF,
    Clocked,
    World,
    basic,
    for_,
    listening,
    parcel,
    posted,
    stix,
)

from tawatur.model.label import Viewer
from tawatur.sharing.parcels import EPOCH, Parcel, micros, parcel_of
from tawatur.sharing.taxii import Asked, Collection, Doorkeeper, Limits, Root, password_hash

MEASURE = Path(os.environ.get("TAWATUR_EVAL_DATA", "/nowhere")) / "measure" / "taxii"
SOURCE = Path(os.environ.get("TAWATUR_MEDALLION", "/nowhere"))


@pytest.mark.skipif(
    not MEASURE.is_dir(), reason="TAWATUR_EVAL_DATA names no folder with the client checks"
)
def test_the_eleven_checks_of_the_oasis_clients_pass(tmp_path: Path) -> None:
    """taxii2-client, stix2 and stix2-validator discover, add, page, fetch, version and delete."""
    checks = runpy.run_path(str(MEASURE / "client_check.py"))
    world = Clocked()
    with listening(world.server(world.shelves(tmp_path))) as url:
        assert checks["main"](f"{url}/taxii2/", AHMAD, "Password0", SHELF) == 0


# ------------------------------------------------------------ our own description


def test_every_answer_is_one_that_the_description_names(tmp_path: Path) -> None:
    """Whatever is asked, rightly or not: its status, its media type, its headers and its form."""
    world = World()
    server = world.server(world.shelves(tmp_path), limits=Limits(a_minute=0, page=3))
    status = json.loads(posted(server, AHMAD, *(stix(n) for n in range(8))).body)["id"]
    asks = Asked("GET", "/taxii2/openapi", "", {"accept": MEDIA})
    described = json.loads(server.answer(asks, Viewer(AHMAD)).body)
    there = {"collection": SHELF, "object": parcel(1).id, "status": status}
    for path in described["paths"].values():
        for each in path.get("parameters", ()):
            each["schema"] = {"type": "string", "enum": [there[each["name"]]]}
    schema = schemathesis.openapi.from_dict(described)
    headers = {"Authorization": basic(AHMAD), "Accept": MEDIA}
    asked = set()
    with listening(server) as url:
        operations: list[Any] = list(schema.get_all_operations())
        for operation in (found.ok() for found in operations):

            @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
            @given(operation.as_strategy())
            def answers(case: Any) -> None:
                # no description tells which `next` a server gave, nor which days there are
                but: list[Any] = [positive_data_acceptance]
                case.call_and_validate(base_url=url, headers=headers, excluded_checks=but)

            answers()
            asked.add(operation.label)
    assert len(asked) == 11


# ------------------------------------------------------------ medallion's own suite


@pytest.mark.skipif(
    not (MEASURE.is_dir() and (SOURCE / "medallion" / "test").is_dir()),
    reason="TAWATUR_MEDALLION names no source of medallion (CONTRIBUTING.md); its packages, the "
    "wheels 0.1.0 to 3.0.0 and source distributions 1.1.0 to 3.0.0, hold no tests of TAXII 2.1",
)
def test_medallions_own_suite_passes_over_http(tmp_path: Path) -> None:
    """All 80 of it, on a server that holds medallion's default data."""
    data = json.loads((SOURCE / "medallion" / "test" / "data" / "default_data.json").read_text())
    environment = {
        **os.environ,
        "TAXII_AUTH": "admin:Password0",
        "PYTHONPATH": os.pathsep.join((str(MEASURE), str(SOURCE))),
    }
    with listening(_with_medallions_data(tmp_path, data)) as url:
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "medallion_remote",
             SOURCE / "medallion" / "test" / "test_backends.py", "--backends", "memory"],
            env={**environment, "TAXII_BASE": url},
            cwd=SOURCE, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    assert "80 passed" in ran.stdout  # those of its MongoDB back end are skipped


def _with_medallions_data(folder: Path, data: dict[str, Any]) -> Any:
    """Return a server that holds what medallion's tests expect, added when they expect it."""
    world = World()
    shelves = world.shelves(folder)
    for collection in data["trustgroup1"]["collections"]:
        versions = {
            (parcel.id, parcel.version): parcel
            for each in collection["objects"]
            if isinstance(parcel := parcel_of(json.dumps(each).encode()), Parcel)
        }
        # Of two that were added at once the one of the newer specification keeps the time.
        lines = sorted(collection["manifest"], key=lambda m: m["media_type"], reverse=True)
        for line in sorted(lines, key=lambda m: m["date_added"]):
            world.now = EPOCH + timedelta(microseconds=micros(line["date_added"]) or 0)
            found = versions[line["id"], micros(line["version"]) or 0]
            shelves.put(collection["id"], [found], for_(by=AHMAD))
    world.now = datetime.now(UTC)
    for status in data["trustgroup1"]["status"]:
        body = {"successes": [], "failures": [], "pendings": [], **status}
        shelves.keep_status(status["id"], AHMAD, json.dumps(body).encode())
    rights = for_(AHMAD)

    def collections() -> list[Collection]:
        return [
            Collection(c["id"], c["title"], rights, can_read=c["can_read"],
                       writers=rights if c["can_write"] else None)
            for c in data["trustgroup1"]["collections"]
        ]  # fmt: skip

    roots = [Root(path, data[path]["information"]["title"], collections if at == 2 else list)
             for at, path in enumerate(("api1", "api2", "trustgroup1"))]  # fmt: skip
    server = Clocked(parties=world.parties).server(
        shelves, roots=roots, base="http://localhost:5000/", limits=Limits(a_minute=0, page=20)
    )
    server.authority = Doorkeeper({"admin": (AHMAD, password_hash("Password0"))}, world.parties.get)
    return server
