"""A small list of invented and public entries, enough to show each rule."""

from observance.observations.matches import EntityRecord, Index, NameRecord, build_index


def entity(ident: str, schema: str, *names: str, **values: object) -> EntityRecord:
    return EntityRecord(
        id=ident, schema=schema, names=tuple(NameRecord(text=n, quality="Good") for n in names), **values
    )


ENTITIES = (
    entity("p-yong", "Person", "RI SU YONG", birth_dates=("1950",), countries=("KP",)),
    entity("p-jong", "Person", "KIM, Jong Un", "Kim Cho'ng-u'n", birth_dates=("1984-01-08", "1983-01-08")),
    entity("p-ngnam", "Person", "KIM Yong Nam"),
    entity("p-rahman", "Person", "Abdul Rahman Qasimi", "Mullah Zarif"),
    entity("p-volkov", "Person", "Sergey Viktorovich VOLKOVITSKY"),
    entity("p-alias", "Person", "Orhan Delibasoglu", "Omega"),
    entity(
        "o-green",
        "Organization",
        "EMERALD HERON SHIPPING COMPANY LIMITED",
        "Green Heron Line",
        imo_company=("1790183",),
    ),
    entity("o-bank", "Organization", "FIRST MERIDIAN DEVELOPMENT BANK (FMDB)"),
    entity("o-arms", "Company", "OAO Zvezdochka Tekhnika"),
    entity("o-branch", "Organization", "Meridian Bank (Singapore) Limited"),
    entity("s-one", "Vessel", "SAM JONG 1", imo=("8405311",)),
    entity("s-two", "Vessel", "SAM JONG 2", imo=("7408873",)),
    entity(
        "s-bridge",
        "Vessel",
        "ASIA BRIDGE",
        "CHON MA SAN",
        imo=("8916580",),
        mmsi=("445114000",),
        flag="KP",
        vessel_type="general cargo",
    ),
    entity("s-none", "Vessel", "MIN NING DE YOU 078", mmsi=("445114000",)),
)


def small_index() -> Index:
    return build_index(ENTITIES)
