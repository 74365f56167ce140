"""Spreadsheets of clinics as people keep them: CSV of every kind, and what rows turn into."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from handouts.diagnostics import Diagnostic, HandoutsError, Severity
from handouts.load.clinics.languages import languages_of
from handouts.load.clinics.opening import open_clinics
from handouts.load.clinics.rows import BadRow
from handouts.load.clinics.sheet import Clinics
from handouts.load.spots import Origin, Spot
from handouts.model.batch import Clinic
from tests.load.scenes import world

LANGUAGES = ("en", "de", "es", "fr", "ar", "am", "zh-Hans", "pt-BR")
HEAD = "name,phone,email"


def opened(folder: Path, content: str | bytes, name: str = "clinics.csv", **named: Any) -> Clinics:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    named = {"languages": LANGUAGES, **named}
    return open_clinics(world(folder), path, **named)


def clinics(found: Clinics) -> list[Clinic]:
    return [row for row in found if isinstance(row, Clinic)]


def values(folder: Path, content: str | bytes, **named: Any) -> dict[str, str]:
    """What the one row says."""
    found = opened(folder, content, **named)
    assert [row for row in found if isinstance(row, BadRow)] == []
    (clinic,) = clinics(found)
    return dict(clinic.values)


def told(folder: Path, content: str | bytes, **named: Any) -> list[Diagnostic]:
    """Errors of the file, or else of its rows."""
    try:
        found = opened(folder, content, **named)
    except HandoutsError as error:
        return [one for one in error.diagnostics if one.severity is Severity.ERROR]
    return [one for row in found if isinstance(row, BadRow) for one in row.diagnostics]


def codes(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [one.code for one in diagnostics]


def one_cell(folder: Path, heading: str, cell: str) -> str:
    """What a cell under a heading is read as."""
    quoted = cell.replace('"', '""')
    found = values(folder, f'name,{heading}\nA,"{quoted}"\n')
    found.pop("name")
    return next(iter(found.values()))


def test_a_row(tmp_path: Path) -> None:
    text = (
        "Clinic name;Straße;PLZ;Ort;Phone;Tel. 2;E-Mail;Website;Farbe;Tagline (es);tagline [AR]"
        ";Next date;Languages\r\n"
        "Zürich Süd;Bahnhofstr. 1;8001;Zürich;0117 496;044 1;mailto:a@b.org;example.org;"
        "rgb(1, 2, 3);hola;مرحبا;3.3.2026;es, en; ar\r\n"
    )
    found = opened(tmp_path, text.replace("es, en; ar", '"es, en; ar"'))
    assert clinics(found) == [
        Clinic(
            "zurich-sud",
            2,
            (
                ("class.next_date", "2026-03-03"),
                ("color.primary", "#010203"),
                ("contact.address", "Bahnhofstr. 1, 8001 Zürich"),
                ("contact.email", "a@b.org"),
                ("contact.phones.0", "0117 496"),
                ("contact.phones.1", "044 1"),
                ("contact.web", "example.org"),
                ("name", "Zürich Süd"),
                ("tagline.ar", "مرحبا"),
                ("tagline.es", "hola"),
            ),
            "default",
            ("es", "en", "ar"),
        )
    ]
    assert (found.tags, found.bases, found.rows, found.bad) == (
        ("es", "en", "ar"),
        ("default",),
        1,
        0,
    )
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("CLINIC", "name"),
        ("  name ", "name"),
        ("Phone number", "contact.phones.0"),
        ("phone_1", "contact.phones.0"),
        ("Téléphone", "contact.phones.0"),
        ("Teléfono", "contact.phones.0"),
        ("e-mail address", "contact.email"),
        ("Courriel", "contact.email"),
        ("Web-Site", "contact.web"),
        ("Página web", "contact.web"),
        ("contact.web", "contact.web"),
        ("Main Colour", "color.primary"),
        ("Colour (hex)", "color.primary"),
        ("color.tint", "color.tint"),
        ("COULEUR", "color.primary"),
        ("Öffnungszeiten", "contact.hours"),
        ("opening_hours", "contact.hours"),
        ("class when", "class.when"),
        ("Class where", "class.where"),
        ("next time", "class.next_time"),
        ("name [es]", "name.es"),
        ("Name (ES)", "name.es"),
        ("name_es", "name.es"),
        ("tagline.zh-hans", "tagline.zh-Hans"),
        ("hours [pt_BR]", "contact.hours.pt-BR"),
        ("hours [am]", "contact.hours.am"),
        ("Adresse [de]", "contact.address.de"),
        ("texts.es.flyer.scan", "texts.es.flyer.scan"),
        ("color.palette.sea", "color.palette.sea"),
        ("logo_alt", "logo.alt"),
        ("QR-Code", "qr"),
        ("Kursleitung", "instructor"),
        ("urgences", "contact.emergency"),
    ],
)
def test_headings(tmp_path: Path, heading: str, key: str) -> None:
    text = f'"{heading}",clinic,town\n#1a2b3c,B,\n' if key != "name" else f'"{heading}",town\nB,\n'
    assert opened(tmp_path, text).header.columns[0].key == key


@pytest.mark.parametrize(
    "coded",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_encodings(tmp_path: Path, coded: str) -> None:
    found = opened(tmp_path, "Name;Ort\nPraxis für Säuglinge;Köln\n".encode(coded))
    assert dict(clinics(found)[0].values)["name"] == "Praxis für Säuglinge"
    warned = ["not-utf-8"] if coded == "cp1252" else []
    assert codes(found.diagnostics) == warned


ABROAD = [
    ("cp1251", "Клиника «Ромашка» на Садовой улице"),
    ("cp1253", "Κλινική της Αθήνας στην οδό Ερμού"),
    ("cp1255", "מרפאת הים ברחוב הנמל"),
    ("cp1256", "عيادة المرفأ في شارع البحر"),
    ("cp874", "คลินิกแม่และเด็กริมน้ำ"),
    ("shift_jis", "ひまわり助産院、港通り"),
    ("shift_jis", "キッズクリニック東京"),
    ("mac_roman", "Köln Süd, Praxis für Säuglinge"),
    ("gb18030", "海港街母婴诊所和家庭中心"),
    ("big5", "海港街母嬰診所和家庭中心"),
    ("euc-kr", "항구거리 아기 마사지 교실"),
]


@pytest.mark.parametrize(("coded", "name"), ABROAD)
def test_other_encodings_have_to_be_said(tmp_path: Path, coded: str, name: str) -> None:
    text = f"name;town\n{name};{name}\n".encode(coded)
    (one,) = told(tmp_path, text)
    assert one.code == "not-utf-8"
    assert "encoding: " in one.hint
    assert values(tmp_path, text, coded=coded)["name"] == name


@pytest.mark.parametrize(
    "name", ["Cœur et Sœur", "Šárka – “Żaba”", "L’été chez Zoë", "Praxis „Žanna“"]
)
def test_what_western_words_look_like_is_windows(tmp_path: Path, name: str) -> None:
    coded = name.encode("cp1252", "ignore")
    found = opened(tmp_path, b"name;town\n" + coded + b";K\xf6ln\n")
    assert dict(clinics(found)[0].values)["name"] == coded.decode("cp1252")


@pytest.mark.parametrize("coded", ["utf-16", "utf-32", "idna", "punycode"])
def test_what_cannot_be_in_the_encoding_that_is_said(tmp_path: Path, coded: str) -> None:
    (one,) = told(tmp_path, "name;town\nBébé;Örebro\n".encode("cp1252"), coded=coded)
    assert one.code == "unreadable-file"
    assert f"as {coded}" in one.message


def test_a_mark_counts_more_than_what_is_said(tmp_path: Path) -> None:
    assert values(tmp_path, "name\nЛада\n".encode("utf-8-sig"), coded="cp1251")["name"] == "Лада"


@pytest.mark.parametrize(
    "name",
    ["ÅÄÖ-kliniken", "Yöäitien vauvahieronta", "Õueaia jäääär", "«Bébé» à l’été", "Nº 3 · ½"],
)
def test_western_words_are_only_warned_of(tmp_path: Path, name: str) -> None:
    found = opened(tmp_path, f"name;town\n{name};Höör\n".encode("cp1252"))
    assert codes(found.diagnostics) == ["not-utf-8"]
    assert dict(clinics(found)[0].values)["name"] == name


def test_utf_16_big_endian_with_its_mark(tmp_path: Path) -> None:
    text = b"\xfe\xff" + "name,town\nרופא,ב\n".encode("utf-16-be")
    assert values(tmp_path, text)["name"] == "רופא"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, ends: str) -> None:
    lines = [["Name", "Street", "Town"], ["A, B; C", "1 Quay", "X"]]
    text = ends.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    assert values(tmp_path, text) == {"name": "A, B; C", "contact.address": "1 Quay, X"}


def test_excels_first_line(tmp_path: Path) -> None:
    assert values(tmp_path, "sep=|\r\nname|town\r\nA;x|B\r\n")["name"] == "A;x"


def test_titles_above_the_head_and_empty_rows(tmp_path: Path) -> None:
    text = "Clinics of the North,,\n,,\nas of March,,\nname,phone,email\n,,\nA,1,\n,,\n"
    found = opened(tmp_path, text)
    assert found.header.row == 4
    assert [one.row for one in clinics(found)] == [6]


def test_the_head_again_is_no_clinic(tmp_path: Path) -> None:
    found = opened(tmp_path, f"{HEAD}\nA,1,\n{HEAD}\nB,2,\n")
    assert [one.id for one in clinics(found)] == ["a", "b"]


def test_one_column_of_names(tmp_path: Path) -> None:
    assert [one.id for one in clinics(opened(tmp_path, "Clinic\nA\nB\n"))] == ["a", "b"]


def test_columns_that_are_not_used(tmp_path: Path) -> None:
    found = opened(tmp_path, "name,phone,Taglin,tagline [xx],Remarks about parking\nA,1,,,\n")
    assert found.header.unused == ((3, "Taglin"), (4, "tagline [xx]"), (5, "Remarks about parking"))
    hints = {one.place.column: (one.severity, one.hint) for one in found.diagnostics if one.place}
    assert hints[3] == (Severity.WARNING, "did you mean 'tagline'?")
    assert "list languages" in hints[4][1]
    assert set(hints) == {3, 4, 5}


@pytest.mark.parametrize("heading", ["No.", "Remarks", "Fax"])
def test_no_other_column_is_guessed_from_a_few_letters(tmp_path: Path, heading: str) -> None:
    (found,) = opened(tmp_path, f"name,phone,{heading}\nA,1,\n").diagnostics
    assert found.hint == "call it otherwise, or let it be"


def test_columns_that_were_renamed(tmp_path: Path) -> None:
    renamed = {"Kundenname": "name", "Farbe 9": "color.tint", "Notes": None, "Ligne 2": "street"}
    text = "Kundenname,phone,Farbe 9,Notes,Ligne 2\nA,1,abc,x,Q\n"
    found = opened(tmp_path, text, columns=renamed)
    assert found.diagnostics == ()
    assert dict(clinics(found)[0].values) == {
        "name": "A",
        "contact.phones.0": "1",
        "color.tint": "#abc",
        "contact.address": "Q",
    }


def test_renaming_what_is_not_there(tmp_path: Path) -> None:
    spot = Spot(Origin("jobs.yaml", []), 0, 0, 0, 0, {})
    for name, line in (("Kundname", 4), ("phone", 5)):
        spot.inside[name] = Spot(spot.origin, line, 9, line, 2, {})
    renamed = {"Kundname": "name", "phone": "fone"}
    found = told(tmp_path, "name,phone\nA,1\n", columns=renamed, spot=spot)
    assert [(one.code, str(one.place)) for one in found] == [
        ("unknown-column", "jobs.yaml:5:3"),
        ("unknown-key", "jobs.yaml:6:3"),
    ]
    assert "phone" in found[1].hint


def test_renaming_to_what_is_nothing(tmp_path: Path) -> None:
    """That alone is told, not that the column is not used, or that it is missing."""
    (one,) = told(tmp_path, "name,phone\nA,1\n", columns={"name": "nope"})
    assert (one.code, one.message) == ("unknown-key", "'nope' is nothing a column can be")
    with pytest.raises(HandoutsError) as caught:
        opened(tmp_path, "name,phone\nA,1\n", columns={"name": "nope"})
    assert codes(caught.value.diagnostics) == ["unknown-key"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty-file"),
        ("\n\n", "empty-file"),
        (",,;\n", "no-head"),
        ("foo,bar\n1,2\n", "no-head"),
        ("phone,email\n1,2\n", "missing-column"),
        ("name,phone\n", "empty-file"),
        ("name,phone,clinic\nA,1,B\n", "duplicate-column"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unreadable-file"),
        (b"PK\x03\x04 no workbook", "unreadable-file"),
        (b"name,phone\nA\x81\x00,1\n", "not-utf-8"),
        ('name,phone\n"A' + "x\n" * 200_000, "csv-syntax"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: str | bytes, code: str) -> None:
    with pytest.raises(HandoutsError) as caught:
        opened(tmp_path, content)
    assert codes(caught.value.diagnostics) == [code]
    assert all(one.place for one in caught.value.diagnostics)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(HandoutsError) as caught:
        open_clinics(world(tmp_path), tmp_path / "none.csv")
    assert codes(caught.value.diagnostics) == ["no-such-file"]
    with pytest.raises(HandoutsError):
        open_clinics(world(tmp_path), tmp_path)


def test_a_sheet_of_a_csv(tmp_path: Path) -> None:
    assert codes(told(tmp_path, "name,phone\nA,1\n", sheet="North")) == ["no-effect"]


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("next date", "2026-03-04", "2026-03-04"),
        ("next date", "2026-3-4", "2026-03-04"),
        ("next date", "2026-03-04 00:00:00", "2026-03-04"),
        ("next date", "3.4.2026", "2026-04-03"),
        ("next date", "03/03/2026", "2026-03-03"),
        ("next date", "13/03/2026", "2026-03-13"),
        ("next date", "03/13/2026", "2026-03-13"),
        ("next date", "3.4.26", "2026-04-03"),
        ("next date", "1 December", "1 December"),
        ("next time", "10:00:00", "10:00"),
        ("next time", "10 am", "10 am"),
        ("phone", "'+49 30 1234", "+49 30 1234"),
        ("phone", '="0117 496 0123"', "0117 496 0123"),
        ("phone", "=+49 30 1234", "+49 30 1234"),
        ("phone", "\u00a00117\u00a0496 ", "0117 496"),
        ("phone", "\u202a+49 30\u202c", "+49 30"),
        ("phone", "tel:+4930", "+4930"),
        ("email", "mailto:a@b.org?subject=Hi", "a@b.org"),
        ("email", "<a@b.org>", "a@b.org"),
        ("web", " https://b.org/x ", "https://b.org/x"),
        ("primary", "1F5E5B", "#1f5e5b"),
        ("primary", "#abc", "#abc"),
        ("primary", "RGB(1,2,3)", "#010203"),
        ("primary", "31 94 91", "#1f5e5b"),
        ("primary", "willow", "willow"),
        ("address", "3 Quay Road\r\nHarbourtown,\n", "3 Quay Road, Harbourtown"),
        ("hours", "Mon-Fri\nSat", "Mon-Fri\nSat"),
        ("tagline", '  He said “hi”, "yes" \t', 'He said “hi”, "yes"'),
        ("tagline", "\ufeffCare\u200b", "Care"),
        ("logo", ".\\logos\\a.svg", "logos/a.svg"),
        ("zip", "1234.0", "1234"),
        ("zip", "BS1 4.0", "BS1 4.0"),
        ("phone", "1234.0", "1234"),
        ("phone", "ext 4E11 5", "ext 4E11 5"),
        ("tagline", "#BabyLove!", "#BabyLove!"),
        ("tagline", "#4", "#4"),
        ("tagline", "#1!", "#1!"),
        ("tagline", "#WE ARE OPEN!", "#WE ARE OPEN!"),
        ("tagline", "Error:502", "Error:502"),
        ("tagline", "True", "True"),
    ],
)
def test_cells(tmp_path: Path, heading: str, cell: str, said: str) -> None:
    assert one_cell(tmp_path, heading, cell) == said


@pytest.mark.parametrize(
    ("heading", "cell", "code", "hint"),
    [
        ("next date", "03/04/2026", "ambiguous-date", "2026-04-03 or 2026-03-04"),
        ("next date", "3-4-2026", "ambiguous-date", "2026-04-03"),
        ("next date", "46084", "ambiguous-date", "2026-03-03"),
        ("next date", "31.2.2026", "bad-value", "2026-03-03"),
        ("next date", "30/02/2026", "bad-value", "2026-03-03"),
        ("phone", "4.91234E+11", "lost-digits", "as text"),
        ("phone", "4,91E+11", "lost-digits", "as text"),
        ("phone", "=A1&B1", "formula", "text"),
        ("tagline", "#N/A", "cell-error", "mend"),
        ("email", "#ref!", "cell-error", "mend"),
        ("web", '=HYPERLINK("x")', "formula", "text"),
        ("primary", "2233", "bad-value", "#rrggbb"),
        ("phone", "4.9E11", "lost-digits", "as text"),
        ("phone", "+4.9E+11", "lost-digits", "as text"),
        ("phone", "4.90e11", "lost-digits", "as text"),
        ("phone", "4,9E+11; 030 1", "lost-digits", "as text"),
        ("phone", "030 1, 4,9E+11", "lost-digits", "as text"),
        ("phone", "TRUE", "wrong-type", "as text"),
        ("phone", "Falsch", "wrong-type", "as text"),
        ("phone", "VRAI", "wrong-type", "as text"),
        ("emergency", "FALSO", "wrong-type", "as text"),
        ("languages", "es, xx", "unknown-language", "languages"),
        ("languages", "es+en+ar", "two-languages", "es+en"),
        ("languages", "es+es", "two-languages", "es+en"),
        ("brand", "wilow", "unknown-brand", "willow"),
    ],
)
def test_cells_that_are_refused(
    tmp_path: Path, heading: str, cell: str, code: str, hint: str
) -> None:
    quoted = cell.replace('"', '""')
    text = f'name,{heading}\nGood,\nA,"{quoted}"\n'
    (found,) = told(tmp_path, text, brands=("default", "willow"))
    assert found.code == code
    assert hint in found.hint
    assert str(found.place) == "clinics.csv:3:2"
    assert len(clinics(opened(tmp_path, text, brands=("default", "willow")))) == 1


@pytest.mark.parametrize(
    "error",
    [
        *("#NV", "#BEZUG!", "#WERT!", "#DIV/0!", "#ÜBERLAUF!", "#¿NOMBRE?", "#¡REF!", "#¡DIV/0!"),
        *("#NOM?", "#VALEUR!", "#N/D", "#n/a", "#ERROR!", "#ИМЯ?", "#Н/Д", "#ДЕЛ/0!", "Err:502"),
        *("#GETTING_DATA!", "########"),
    ],
)
@pytest.mark.parametrize("heading", ["street", "tagline", "phone"])
def test_errors_of_other_languages(tmp_path: Path, heading: str, error: str) -> None:
    assert codes(told(tmp_path, f"name,{heading}\nA,{error}\n")) == ["cell-error"]


def test_halves_of_a_day_are_no_language(tmp_path: Path) -> None:
    found = opened(tmp_path, "name,phone,Hours - AM,Hours - PM\nA,1,9 to 12,1 to 5\n")
    assert found.header.unused == ((3, "Hours - AM"), (4, "Hours - PM"))
    assert [one.hint for one in found.diagnostics] == ["did you mean 'hours'?"] * 2
    assert opened(tmp_path, "name,Hours (AM)\nA,9\n").header.columns[1].key == "contact.hours"


def test_dates_and_notes_above_the_head(tmp_path: Path) -> None:
    above = "Organisation:,Willow Network,Date:,2026-03-01\n,,,\n"
    found = opened(tmp_path, above + "Clinic name,Street,City,Phone\nA,1 Quay,X,0117\n")
    assert found.header.row == 3
    assert found.diagnostics == ()
    assert [one.id for one in clinics(found)] == ["a"]


def test_the_first_of_two_heads_that_are_alike(tmp_path: Path) -> None:
    found = opened(tmp_path, "name,phone\nA,1\nClinic,Tel\nB,2\n")
    assert [one.id for one in clinics(found)] == ["a", "clinic", "b"]


def test_a_better_head_below_a_table_is_told(tmp_path: Path) -> None:
    found = opened(tmp_path, "name,phone\nA,1\nB,2\nname,phone,email\nC,3,c@d.org\n")
    assert [one.id for one in clinics(found)] == ["c"]
    assert [(one.code, str(one.place)) for one in found.diagnostics] == [
        ("two-heads", "clinics.csv:1:1")
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("Total", "TOTAL:", "Total: 4", "Totals", "Summe:", "Gesamt", "Suma", "Total général"),
        *("Итого", "Разом:", "合计", "合計：", "합계", "المجموع", "סה״כ", "कुल", "Tổng cộng"),
    ],
)
@pytest.mark.parametrize("rest", ["", "3"])
def test_sums_below_the_list(tmp_path: Path, name: str, rest: str) -> None:
    found = opened(tmp_path, f"{HEAD}\nA,1,a@b.org\nB,2,\n{name},,{rest}\n")
    assert [(one.code, str(one.place)) for one in found.diagnostics] == [
        ("looks-like-a-total", "clinics.csv:4:1")
    ]
    assert (len(clinics(found)), found.bad) == (3, 0)


@pytest.mark.parametrize("name", ["Total Health", "Praxis Summe", "Gesamtschule", "Итоговая"])
def test_names_that_are_no_sums(tmp_path: Path, name: str) -> None:
    assert opened(tmp_path, f"{HEAD}\nA,1,\n{name},2,\n").diagnostics == ()


def test_remarks_below_the_list(tmp_path: Path) -> None:
    found = opened(tmp_path, f"{HEAD}\nA,1,\nB,2,\nNote: call before,,\n")
    assert [(one.code, str(one.place)) for one in found.diagnostics] == [
        ("only-a-name", "clinics.csv:4:1")
    ]
    assert len(clinics(found)) == 3


def test_many_rows_with_only_a_name(tmp_path: Path) -> None:
    rows = "".join(f"C{n},{n},\n" for n in range(60)) + "".join(f"D{n},,\n" for n in range(30))
    found = opened(tmp_path, f"{HEAD}\n{rows}")
    assert codes(found.diagnostics) == ["only-a-name"] * 21
    assert "10 more cells" in found.diagnostics[0].message


@pytest.mark.parametrize(
    "text", ["name,phone\nA,\nB,1\nC,\n", "name\nA\nB\n", "name,id\nA,1\nB,2\n"]
)
def test_lists_of_names(tmp_path: Path, text: str) -> None:
    assert "only-a-name" not in codes(opened(tmp_path, text).diagnostics)


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ("es", ("es",)),
        ("ES; en", ("es", "en")),
        ("es en", ("es", "en")),
        ("es / zh_hans / pt-br", ("es", "zh-Hans", "pt-BR")),
        ("Spanish, Arabic and German", ("es", "ar", "de")),
        ("Deutsch und Français", ("de", "fr")),
        ("العربية", ("ar",)),
        ("es+en, de", ("es+en", "de")),
        ("es, es", ("es",)),
        ("es & en", ("es", "en")),
        ("es y en", ("es", "en")),
        ("Español, und Deutsch", ("es", "de")),
    ],
)
def test_languages(tmp_path: Path, said: str, tags: tuple[str, ...]) -> None:
    (clinic,) = clinics(opened(tmp_path, f'name,languages\nA,"{said}"\n'))
    assert clinic.languages == tags


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("name,street,zip,city\nA,Hauptstr. 1,01067,Dresden\n", "Hauptstr. 1, 01067 Dresden"),
        ("name,address,town,postcode\nA,3 Quay,Bristol,BS1 4ND\n", "3 Quay, Bristol BS1 4ND"),
        ("name,street,city,state,zip\nA,1 Elm,Ann Arbor,MI,48104\n", "1 Elm, Ann Arbor, MI 48104"),
        ("name,address 1,address 2,city\nA,1 Elm,,X\n", "1 Elm, X"),
        ('name,address,phone\nA,"1 Elm, X",1\n', "1 Elm, X"),
        ("name,street,city,country\nA,,Wien,Austria\n", "Wien, Austria"),
    ],
)
def test_addresses(tmp_path: Path, text: str, address: str) -> None:
    assert values(tmp_path, text)["contact.address"] == address


def test_phones_of_one_cell(tmp_path: Path) -> None:
    (clinic,) = clinics(opened(tmp_path, 'name,phone,mobile\nA,"1; 2\n3",4\n'))
    assert [text for key, text in clinic.values if "phones" in key] == ["1", "2", "3", "4"]


def test_moving_a_column_changes_nothing(tmp_path: Path) -> None:
    one = clinics(opened(tmp_path, "name,x,phone,email,phone 2\nA,,1,e@f.org,2\n"))
    other = clinics(opened(tmp_path, "email,phone,phone 2,name\ne@f.org,1,2,A\n"))
    assert one == other


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("Zürich Süd", "zurich-sud"),
        ("Straße 12", "strasse-12"),
        ("O'Brien & Sons, Ltd.", "obrien-sons-ltd"),
        ("診療所", "zhenliaosuo"),
        ("Клиника «Ромашка» №1", "klinika-romashka-no1"),
        ("CON", "con_"),
        ("../../etc/passwd", "etc-passwd"),
        ("Łódź", "lodz"),
        ("x" * 200, "x" * 80),
        ("مركز", "mrkz"),
    ],
)
def test_ids_of_names(tmp_path: Path, name: str, ident: str) -> None:
    (clinic,) = clinics(opened(tmp_path, f'name,phone\n"{name}",1\n'))
    assert clinic.id == ident


def test_a_clinic_no_file_can_be_named_after_needs_an_id(tmp_path: Path) -> None:
    """A row's number would do, until a row above is deleted: then the files are another's."""
    head, one = "id,name\n", "b,🙂\n"
    (found,) = told(tmp_path, f"{head}a,A\n,***\n{one}")
    assert (found.code, str(found.place)) == ("no-id", "clinics.csv:3:2")
    (clinic,) = clinics(opened(tmp_path, head + one))
    assert clinic.id == "b"


@pytest.mark.parametrize(
    ("written", "ident"),
    [
        ("NW-001", "NW-001"),
        ("007", "007"),
        ("a/b", "a-b"),
        ("nul.txt", "nul.txt_"),
        ("..", "a"),
    ],
)
def test_ids_of_a_column(tmp_path: Path, written: str, ident: str) -> None:
    (clinic,) = clinics(opened(tmp_path, f"id,name\n{written},A\n"))
    assert clinic.id == ident


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ("en et lv", ("en", "et", "lv")),
        ("en, et lv", ("en", "et", "lv")),
        ("en+et lv", ("en+et", "lv")),
        ("English et Latvian", ("en", "lv")),
        ("English, et", ("en", "et")),
    ],
)
def test_a_word_for_and_may_be_a_tag(said: str, tags: tuple[str, ...]) -> None:
    assert languages_of(said, ("en", "et", "lv")) == tags


def test_ids_that_are_there_twice(tmp_path: Path) -> None:
    found = opened(tmp_path, "id,name\nNW,A\nx,B\nnw,C\n")
    bad = [row for row in found if isinstance(row, BadRow)]
    assert [row.row for row in bad] == [2, 4]
    assert found.bad == 2
    assert "row 2 and row 4" in bad[0].diagnostics[0].message
    assert codes(bad[1].diagnostics) == ["duplicate-id"]
    assert [one.id for one in found.good()] == ["x"]


def test_the_id_of_a_brand(tmp_path: Path) -> None:
    assert codes(told(tmp_path, "id,name\ndefault,A\n")) == ["duplicate-id"]


def test_rows_without_a_name(tmp_path: Path) -> None:
    found = told(tmp_path, "phone,name\n1,\n2,B\n")
    assert [(one.code, str(one.place)) for one in found] == [("missing-name", "clinics.csv:2:2")]


def test_rows_with_more_cells(tmp_path: Path) -> None:
    found = told(tmp_path, "name,address,phone\nA,1 Quay, Bristol,0117,\nB,x,1,,\n")
    assert [(one.code, str(one.place)) for one in found] == [("extra-cells", "clinics.csv:2:4")]


def test_all_that_is_wrong_with_a_row(tmp_path: Path) -> None:
    text = "name,next date,languages,phone\n,03/04/2026,xx,#N/A\n"
    wrong = ["ambiguous-date", "cell-error", "missing-name", "unknown-language"]
    assert sorted(codes(told(tmp_path, text))) == wrong


def test_rows_of_many_lines_keep_their_number(tmp_path: Path) -> None:
    found = opened(tmp_path, 'name,hours\nA,"1\n2\n3"\nB,x\n')
    assert [one.row for one in clinics(found)] == [2, 3]


def test_running_through_twice(tmp_path: Path) -> None:
    rows = "".join(f"Clinic {n},{n}\n" for n in range(1000))
    found = opened(tmp_path, f"name,phone\n{rows}")
    assert list(found) == list(found)
    assert len(list(zip(found, found, strict=True))) == 1000
