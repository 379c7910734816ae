"""Detector `claims.llm`: texts read by a language model, every field held against the text and the rules reader.

Off unless the configuration lists it and names an endpoint. Its claims are proposals: they stand in the file and in the
search, and enter no finding before a person has accepted them (`observance review accept`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.evidence.readers import read_document
from observance.model.observation import Detector, Observation
from observance.workspace.detectors.claims import key_of, model_version, observation_of, page_of

if TYPE_CHECKING:
    from observance.model.evidence import Evidence
    from observance.observations.claims.llm import Endpoint
    from observance.store.config import Config
    from observance.workspace import Workspace
    from observance.workspace.detecting import Task

__all__ = ["KEY_VARIABLE", "MODEL", "NAME"]

NAME = "claims.llm"
VERSION = "1"
KEY_VARIABLE = "OBSERVANCE_LLM_KEY"
"""Environment variable with the secret of the endpoint; it is never written anywhere."""


def _endpoint(config: Config) -> Endpoint:
    from observance.observations.claims.llm import Endpoint

    return Endpoint(url=config.llm_endpoint, model=config.llm_model, key=os.environ.get(KEY_VARIABLE, ""))


class _Model:
    """See the module."""

    evidence = frozenset({"document"})

    def identity(self, workspace: Workspace) -> Detector | None:
        """Model, prompt and referee.

        Raises:
            UnsupportedError: no endpoint is named, or no English model for the referee is installed.
        """
        from observance.model.canonical import canonical_json, sha256_bytes
        from observance.observations.claims.llm.prompt import prompt_hash

        endpoint = _endpoint(workspace.config)
        parts = [endpoint.model, prompt_hash(), model_version()]
        return Detector(name=NAME, version=VERSION, parameters=sha256_bytes(canonical_json(parts))[:16])

    def context(self, workspace: Workspace) -> Mapping[str, Any]:
        """Where answers are kept."""
        return {"cache": str(workspace.root / ".cache" / "llm")}

    def detect(self, data: bytes, record: Evidence, task: Task) -> Iterable[Observation]:
        """The claims of a document that stand after verification, each with the outcome of every field."""
        from observance.observations.claims.llm import FolderCache, read_with_model
        from observance.observations.claims.reader import read

        document = read_document(data, name=record.name, given=record.meta)
        if not document.read:
            return []
        page = page_of(document)
        cache = FolderCache(Path(task.context["cache"]))
        reading = read_with_model(page, _endpoint(task.config), rules=read(page), cache=cache)
        reading.require(where=record.name)
        kept = [found for found in reading.checked if found.claim is not None]
        gaps = tuple(
            f"{len(reading.failures)} paragraphs of the document gave no answer: {failure.reason}"
            for failure in reading.failures[:1]
        )
        keys = {found.claim.id: key_of(found.claim) for found in kept if found.claim}
        observations = []
        for found in kept:
            if found.claim is None:
                continue
            one = observation_of(found.claim, document, record.sha256, keys, task.identity)
            checks = tuple((f"check: {check.field}", f"{check.status}: {check.reason}") for check in found.checks)
            caveat = (
                f"proposed by the model {reading.model}, {found.status}; enters no finding before a person accepts it"
            )
            observations.append(
                replace(one, attributes=(*one.attributes, ("model", reading.model), *checks), caveats=(caveat, *gaps))
            )
        return observations


MODEL = _Model()
