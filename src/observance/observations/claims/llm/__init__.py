"""The model reader: claims proposed by a language model, each field held against the text and the rules reader.

Off by default. A model is asked for verbatim strings paragraph by paragraph (`prompt`, `schema`), over any
OpenAI-compatible endpoint (`endpoint`), with a cache (`cache`). What it says is verified field by field (`verify`):
confirmed, unverified or contradicted. A contradicted field never reaches the claim; nothing that a model says becomes a
finding without a person.
"""

from observance.observations.claims.llm.cache import FolderCache, MemoryCache
from observance.observations.claims.llm.endpoint import Endpoint, Usage
from observance.observations.claims.llm.reader import Failure, Reading, read_with_model
from observance.observations.claims.llm.verify import Check, Checked

__all__ = [
    "Check",
    "Checked",
    "Endpoint",
    "Failure",
    "FolderCache",
    "MemoryCache",
    "Reading",
    "Usage",
    "read_with_model",
]
