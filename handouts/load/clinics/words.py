"""What people call a brand's values at the head of a column: English, German, French, Spanish.

A heading is compared without capitals, accents and punctuation (`plain`), so one spelling of
each is enough: ``öffnungszeiten`` is ``offnungszeiten`` here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from handouts.load.clinics.keys import ADDRESS, PHONES, keys

PARTS = ("street", "street2", "zip", "city", "region", "country")
"""Columns that are a part of the address."""

_WORDS: Mapping[str, str] = {
    "id": "id|clinic id|clinic code|site id|site code|location id|code|kennung|standort id"
    "|identifiant|identificador|codigo",
    "brand": "brand|base|base brand|brand underneath|marke|grundmarke|marque|marca",
    "languages": "languages|language|langs|lang|sheet languages|handout languages|sprachen"
    "|sprache|langues|langue|idiomas|idioma|lenguas",
    "language": "brand language|text language|language of texts|textsprache",
    "name": "name|clinic|clinic name|practice|practice name|site|site name|location name"
    "|organisation|organization|centre|center|klinik|praxis|einrichtung|nom|clinique|cabinet"
    "|nom de la clinique|nombre|clinica|nombre de la clinica|centro",
    "tagline": "tagline|slogan|strapline|motto|lema|eslogan|devise|accroche|leitspruch",
    "instructor": "instructor|instructor name|teacher|class leader|kursleitung|kursleiterin"
    "|kursleiter|instructrice|instructeur|animatrice|instructora|profesora|monitora",
    "disclaimer": "disclaimer|small print|haftungsausschluss|avertissement|aviso|aviso legal",
    "qr": "qr|qr code|qr link|qr url|booking link|booking url|buchungslink|code qr|codigo qr",
    "logo.path": "logo|logo file|logo path|logo datei|logodatei|fichier logo|logotipo"
    "|archivo logo|archivo del logo",
    "logo.alt": "logo alt|logo text|logo description|logo alt text|alt|alt text"
    "|alternativtext|texte alternatif|texto alternativo",
    "color.primary": "primary|primary colour|primary color|colour|color|main colour|main color"
    "|brand colour|brand color|colour 1|color 1|farbe|hauptfarbe|primarfarbe|couleur"
    "|couleur principale|color principal|color primario",
    "color.accent": "accent|accent colour|accent color|secondary|secondary colour"
    "|secondary color|second colour|second color|colour 2|color 2|akzent|akzentfarbe"
    "|zweitfarbe|couleur d accent|couleur secondaire|color de acento|color secundario",
    "color.tint": "tint|tint colour|tint color|panel colour|panel color",
    "color.warm": "warm|warm colour|warm color",
    "color.muted": "muted|muted colour|muted color",
    "color.ink": "ink|text colour|text color|textfarbe",
    "color.paper": "background|background colour|background color|hintergrund",
    ADDRESS: "full address|postal address|anschrift|direccion|domicilio|direccion completa",
    "street": "street|street address|address|address 1|address line|address line 1|strasse"
    "|str|strasse und hausnummer|adresse|rue|calle",
    "street2": "address 2|address line 2|suite|unit|floor|building|adresszusatz"
    "|complement d adresse",
    "zip": "zip|zip code|zipcode|postcode|post code|postal code|plz|postleitzahl|code postal"
    "|codigo postal|cp",
    "city": "city|town|city town|ort|stadt|ville|ciudad|localidad|poblacion",
    "region": "state|province|region|county|bundesland|provincia|departement|estado",
    "country": "country|land|pays|pais",
    PHONES: "phone|phones|phone number|phone numbers|telephone|telephone number|tel|tel no"
    "|tel nr|mobile|mobile phone|cell|cell phone|landline|telefon|telefonnummer|handy|mobil"
    "|telefono|numero de telefono|movil|portable|numero de telephone|n de telephone",
    "contact.email": "email|e mail|mail|email address|e mail address|contact email"
    "|e mail adresse|emailadresse|correo|correo electronico|courriel|adresse e mail",
    "contact.web": "web|website|web site|url|homepage|home page|web page|web address|www|link"
    "|webseite|internet|site web|site internet|sitio web|pagina web",
    "contact.hours": "hours|opening hours|opening times|office hours|clinic hours"
    "|offnungszeiten|oeffnungszeiten|sprechzeiten|horaires|heures d ouverture|horario"
    "|horarios|horario de apertura",
    "contact.emergency": "emergency|emergency number|emergency phone|in an emergency|notruf"
    "|notfall|notfallnummer|urgence|urgences|numero d urgence|emergencia|emergencias|urgencias",
    "class.when": "class when|when|class time|class times|class day|class days|class schedule"
    "|kurszeit|kurszeiten|wann|quand|cuando|horario de clases",
    "class.where": "class where|where|class place|class location|venue|room|kursort|wo|raum"
    "|ou|lieu|donde|lugar|sala",
    "class.next_date": "next date|next class|next class date|class date|start date|date|datum"
    "|nachster termin|naechster termin|kursbeginn|prochaine date|proxima fecha|fecha",
    "class.next_time": "next time|next class time|start time|time|uhrzeit|heure|hora|proxima hora",
    "class.bring": "bring|what to bring|please bring|mitbringen|a apporter|que traer",
}
_NEITHER = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A heading as it is compared: small letters and digits, one space between words."""
    apart = unicodedata.normalize("NFKD", heading.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _NEITHER.sub(" ", bare).strip()


@lru_cache(maxsize=1)
def words() -> Mapping[str, str]:
    """Every heading that is known, as `plain` gives it, and the key it means."""
    found = {plain(key.replace(".", " ")): key for key in keys()}
    for key, said in _WORDS.items():
        found |= dict.fromkeys(said.split("|"), key)
    return found


def meant(heading: str) -> str | None:
    """The key (or part of an address) a heading means, whatever its spelling."""
    found = words().get(plain(heading))
    if found is None:  # phone 2, tel. 3
        bare = plain(heading).rstrip("0123456789").strip()
        found = words().get(bare)
        found = found if found == PHONES else None
    return found
