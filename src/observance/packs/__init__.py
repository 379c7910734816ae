"""Regime packs: the law as dated data, loaded, checked, versioned and compared.

`load_pack("dprk-1718")` gives a `Pack` or a `PackError` with every fault at once.
"""

from observance.packs.cases import case_observations, flipped
from observance.packs.conditions import Condition
from observance.packs.find import find_pack, known_packs, regimes_folder
from observance.packs.load import Manifest, Pack, load_pack, load_vocabulary, read_pack
from observance.packs.records import (
    Cap,
    Case,
    Exemption,
    Expectation,
    ListKind,
    ListSource,
    Mandate,
    Measure,
    Permission,
    Source,
    WindDown,
)
from observance.packs.version import Change, PackDiff, diff
from observance.packs.vocabulary import ConditionTerm, Modality, Term, Vocabulary

__all__ = [
    "Cap",
    "Case",
    "Change",
    "Condition",
    "ConditionTerm",
    "Exemption",
    "Expectation",
    "ListKind",
    "ListSource",
    "Mandate",
    "Manifest",
    "Measure",
    "Modality",
    "Pack",
    "PackDiff",
    "Permission",
    "Source",
    "Term",
    "Vocabulary",
    "WindDown",
    "case_observations",
    "diff",
    "find_pack",
    "flipped",
    "known_packs",
    "load_pack",
    "load_vocabulary",
    "read_pack",
    "regimes_folder",
]
