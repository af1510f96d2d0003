"""The aliases to choose from: first names that stand in the Finnish calendar, so that none points at anybody."""

import secrets

from suoja.people.errors import NoAliasLeft
from suoja.people.names import is_alias_from_account

_NAMES = """
Aila Aino Anja Anneli Annika Arja Asta Birgitta Eeva Eija Eila Elina Elli Elsa Emilia Enni Essi Eveliina Hanna
Heidi Heini Helka Hellevi Henna Hilja Hilkka Hilma Iida Iiris Ilona Impi Inka Inkeri Irja Jaana Jenni Johanna
Kaarina Kaisa Katri Kerttu Kirsi Kukka Laila Laura Leena Lempi Liisa Lotta Lumi Maija Mari Marja Meeri Meri
Mervi Miina Minna Mirja Mirva Nea Nelli Niina Noora Oona Orvokki Outi Paula Peppi Pirjo Päivi Raija Rauha Reetta
Ritva Saara Saija Saimi Salla Sanna Sari Satu Senja Siiri Sini Sirkka Sofia Sointu Suvi Taina Tarja Terttu Tiina
Tuija Tuuli Tyyne Ulla Vappu Venla Viivi Vilja Vuokko Aarne Aimo Antti Eero Eino Erkki Hannu Heikki Ilmari Janne
Jari Joel Jukka Kalevi Kimmo Lasse Lauri Markku Matti Niilo Oiva Olli Onni Otso Paavo Pentti Pertti Risto Sakari
Samuli Tapio Tauno Timo Toivo Tuomo Urho Veikko Viljo Väinö Ykä
"""

ALIASES = tuple(_NAMES.split())


def free_aliases(taken: frozenset[str], email: str) -> list[str]:
    """Return the names that nobody active uses and that the account's address does not hold.  # M15."""
    return [alias for alias in ALIASES if alias not in taken and not is_alias_from_account(alias, email)]


def new_alias(taken: frozenset[str], email: str) -> str:
    """Return one of the free names, at random: a rule could be turned round. Raises NoAliasLeft."""
    free = free_aliases(taken, email)
    if not free:
        raise NoAliasLeft
    return secrets.choice(free)
