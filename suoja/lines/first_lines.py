"""The two lines that a service starts with (M3); more are added in the admin."""

from typing import NamedTuple

from suoja.lib.codes import LineCode

CHILDREN = LineCode("young")
"""The line whose visitors are addressed simply and informally (M3)."""


class FirstLine(NamedTuple):
    """A line as data: names and audiences in Finnish, Swedish and English."""

    code: str
    peers_may_answer: bool
    names: tuple[str, str, str]
    audiences: tuple[str, str, str]


FIRST_LINES = (
    FirstLine(
        code="adults",
        peers_may_answer=True,
        names=("Apua väkivaltaan", "Hjälp mot våld", "Help with violence"),
        audiences=(
            "Kaikille, joita väkivalta tai sen pelko koskettaa.",
            "För alla som berörs av våld eller rädsla för våld.",
            "For everyone who is touched by violence or the fear of it.",
        ),
    ),
    FirstLine(
        code=CHILDREN,
        # A peer never answers anyone under 18.  # M22
        peers_may_answer=False,
        names=("Lasten ja nuorten chat", "Chatt för barn och unga", "Chat for children and young people"),
        audiences=(
            "Alle 18-vuotiaille, jos kotona pelottaa tai joku satuttaa.",
            "För dig under 18, om det känns otryggt hemma eller någon gör dig illa.",
            "For you under 18, if home feels unsafe or somebody hurts you.",
        ),
    ),
)
