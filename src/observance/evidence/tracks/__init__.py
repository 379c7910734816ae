"""Ship positions as evidence: files read into columns with the source row of each, checked, sorted, partitioned.

One bad row costs one row: it is counted by reason and kept in a rejects file. A citation names rows of the original
file, so that it survives sorting and partitioning.
"""

from observance.evidence.tracks.batches import REJECTS, Batch, Rejected
from observance.evidence.tracks.ingest import Ingested, IngestLimits, ingest
from observance.evidence.tracks.lake import Lake
from observance.evidence.tracks.reread import digest_of, rows_of

__all__ = [
    "REJECTS",
    "Batch",
    "IngestLimits",
    "Ingested",
    "Lake",
    "Rejected",
    "digest_of",
    "ingest",
    "rows_of",
]
