"""What tells hostile from civil and friend: the shares that identification is made of."""

from bartizan.catalogue.figure_kind import FigureKind

IDENTITIES = ("hostile", "civil", "friend", "neither")
"""Whom a track may be of; `neither` is whoever the other three do not cover."""

SHARES: dict[str, tuple[tuple[str, str], ...]] = {
    "prior": (("prior", "tracks that are {}"),),
    "equipment": (
        ("silent", "of {}: never answers an interrogation"),
        ("civil_code", "of {}: answers with a civil code"),
        ("friend_code", "of {}: answers with a friendly code"),
    ),
    "manner": (
        ("falling", "of {}: falls along a ballistic arc"),
        ("supersonic", "of {}: faster than civil_speed_max"),
        ("low_fast", "of {}: below low_altitude, faster than low_speed_max"),
        ("jet", "of {}: high, faster than low_speed_max"),
        ("slow", "of {}: slower than low_speed_max"),
    ),
    "conformance": (
        ("on_airway", "of {}: keeps to a published airway"),
        ("in_corridor", "of {}: keeps to a safe corridor"),
        ("aside", "of {}: keeps to neither, passing the assets by"),
        ("inbound", "of {}: keeps to neither, on course for an asset"),
    ),
    "origin": (
        ("from_hostile", "of {}: first seen coming out of a hostile area"),
        ("from_civil", "of {}: first seen coming from an airway's end or civil area"),
        ("from_elsewhere", "of {}: first seen coming from anywhere else"),
    ),
}
"""What evidence can say, by kind of evidence; each is a share of the aircraft of an identity.

Shares of one kind and one identity are weights: they count relative to their sum.
"""

# What makes a hostile look like another, or another like a hostile, is bad for the defence.
_DECEIVING = {
    "hostile": ("civil_code", "friend_code", "on_airway", "in_corridor", "from_civil"),
    "civil": ("silent", "falling", "supersonic", "low_fast", "inbound", "from_hostile"),
    "friend": ("silent", "falling", "supersonic", "low_fast", "inbound", "from_hostile"),
    "neither": (),
}


def share_kinds() -> tuple[FigureKind, ...]:
    """Return the figures that say how many of each identity show each evidence."""
    return tuple(
        FigureKind(
            f"{name}_{identity}",
            "probability",
            "enemy" if name in _DECEIVING[identity] else "neither",
            "open",
            meaning.format(identity),
        )
        for shares in SHARES.values()
        for name, meaning in shares
        for identity in IDENTITIES
    )
