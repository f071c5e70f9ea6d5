"""Fill an OpenTAXII with objects; run by the Python of its own environment, which `taxii` makes.

``python opentaxii_seed.py COUNT``, with the folder of ``stix_gen.py`` on the path and
OPENTAXII_CONFIG set. It prints root and collection. Objects go into its tables by SQLAlchemy in
bulk: handed in, 100,000 would take nine minutes.
"""

import sys
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

from opentaxii.persistence.sqldb.taxii2models import STIXObject
from opentaxii.server import ServerConfig, TAXIIServer
from stix_gen import objects

_AT_ONCE = 10_000


def _row(collection: Any, at: int, found: dict[str, Any]) -> dict[str, Any]:
    kind, spec = found.pop("type"), found.pop("spec_version")
    return {
        "id": found.pop("id"),
        "collection_id": collection,
        "type": kind,
        "spec_version": spec,
        "date_added": datetime(2031, 1, 1, tzinfo=UTC) + timedelta(microseconds=at),
        "version": datetime.fromisoformat(found["modified"]),
        "serialized_data": found,
    }


def main() -> None:
    """Make an open root and collection, and put the objects in."""
    kept = TAXIIServer(ServerConfig()).servers.taxii2.persistence.api
    root = kept.add_api_root("bench", default=True, is_public=True)
    collection = kept.add_collection(root.id, "bench", is_public=True, is_public_write=True)
    made, places = objects(int(sys.argv[1])), count()
    while some := list(islice(made, _AT_ONCE)):
        rows = [_row(collection.id, next(places), each) for each in some]
        kept.db.session.bulk_insert_mappings(STIXObject, rows)
        kept.db.session.commit()
    print(root.id, collection.id)


if __name__ == "__main__":
    main()
