"""Origins: where a piece of information enters the record. Speakers, documents, data sets count; outlets never."""

from observance.findings.origins.claims import origins_of
from observance.findings.origins.drift import drifts_of

__all__ = ["drifts_of", "origins_of"]
