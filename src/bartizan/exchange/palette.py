"""Colours of sides and identities, the same in every format; APP-6's, safe for most eyes."""

Rgb = tuple[int, int, int]

SIDES: dict[str, Rgb] = {
    "hostile": (213, 43, 30),
    "friend": (45, 127, 221),
    "civil": (31, 158, 88),
    "unknown": (232, 185, 35),
}
GREY, WHITE = (140, 140, 140), (255, 255, 255)


def rgb_of(side: str) -> Rgb:
    """Return the colour of a side or identity."""
    return SIDES.get(side, SIDES["unknown"])
