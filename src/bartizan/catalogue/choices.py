"""The choices of each kind of entry: one settled word of a closed list each."""

from bartizan.catalogue.figure_kind import ChoiceKind, Kind

CHOICES: dict[Kind, tuple[ChoiceKind, ...]] = {
    "system": (),
    "radar": (ChoiceKind("type", ("rotating", "phased-array"), "how it scans"),),
    "interceptor": (),
    "threat": (
        ChoiceKind("motion", ("route", "ballistic"), "how it flies"),
        ChoiceKind("swerling", ("steady", "slow", "slow-dominant"), "how its echo fluctuates"),
        ChoiceKind("transponder", ("silent", "civil", "friend"), "what it answers when asked"),
    ),
    "jammer": (),
    "chaff": (),
    "traffic": (
        ChoiceKind("motion", ("route",), "how it flies"),
        ChoiceKind("swerling", ("steady", "slow", "slow-dominant"), "how its echo fluctuates"),
        ChoiceKind("transponder", ("silent", "civil", "friend"), "what it answers when asked"),
    ),
    "doctrine": (
        ChoiceKind(
            "allocator",
            ("min-cost-flow", "greedy", "first-come"),
            "how rounds find their threats",
            is_open=True,
        ),
        ChoiceKind("assignment", ("any", "zone"), "whose threats a fire unit may shoot at"),
        ChoiceKind("preference", ("value", "prim-read"), "who gets how many rounds"),
    ),
    "link": (
        ChoiceKind("exchange", ("none", "tracks", "plots"), "what it forwards"),
        ChoiceKind("identity", ("no", "yes"), "whether with its identity"),
        ChoiceKind("engagements", ("no", "yes"), "whether with word of who engages it"),
    ),
    "identification": (),
}
