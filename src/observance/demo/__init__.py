"""Sample material for `observance demo`: documents composed in our own words, and a real list as of its date.

Nothing is precomputed: these are the files a user would archive, and what is known of them beside the bytes. Every
document says in its first line, and in its metadata, that it was composed for demonstration: its outlets, persons,
companies, the States of Karsovia and Valdoria, its figures and events are invented. Two things in them are real: the
end of a panel's mandate, and the listing of one ship, which is only told as the list tells it.
"""

from observance.demo.materials import Material, check, materials

__all__ = ["Material", "check", "materials"]
