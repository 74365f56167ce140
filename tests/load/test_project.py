"""Projects over the built-in data: what is found, what hides what, what is loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handouts.diagnostics import ExitCode, HandoutsError, Severity
from handouts.load import choices, find_project, load
from handouts.load.brands import DEFAULT
from handouts.model.locale import source_hash
from handouts.units import Length
from handouts.world import World
from tests.load.scenes import REPOSITORY, builtin_with, codes, errors, loaded, project, world

BRAND = 'name: Clinic\ncolor: {primary: "#1f5e5b"}\n'


def test_find_project_walks_up(tmp_path: Path) -> None:
    folder = project(tmp_path / "mine", {"a/b/x.txt": ""})
    assert find_project(folder / "a" / "b") == folder
    assert find_project(tmp_path) is None


def test_the_built_in_data_stands_by_itself() -> None:
    made = load(world(REPOSITORY), project=None)
    assert len(made.layouts) >= 3
    assert {"en", "de", "ar"} <= set(made.locales)
    assert list(made.brands) == [DEFAULT]
    assert made.settings.profile == "instructor"
    assert not any(name.startswith("_") for name in made.layouts)


def test_only_what_is_asked_for_is_loaded(tmp_path: Path) -> None:
    folder = project(tmp_path, {"locales/fr.yaml": "broken: [", "layouts/x.yaml": "broken: ["})
    made = loaded(folder, layouts=["topic-sheet"], languages=["de"]).project
    assert list(made.layouts) == ["topic-sheet"]
    assert list(made.locales) == ["en", "de"]
    assert codes(folder, layouts=None, languages=None) == ["yaml-syntax", "yaml-syntax"]


def test_a_second_load_gives_the_same_objects(tmp_path: Path) -> None:
    folder = project(tmp_path, {})
    first, again = loaded(folder).project, loaded(folder).project
    assert first.catalogue is again.catalogue
    assert first.locales["en"] is again.locales["en"]
    assert first.layouts["benefits-flyer"] is again.layouts["benefits-flyer"]


def test_an_empty_project_file_is_fine(tmp_path: Path) -> None:
    folder = project(tmp_path, {"handouts.yaml": "# languages: [en]\n"})
    assert loaded(folder).project.settings.languages == ()


@pytest.mark.parametrize(
    ("files", "settings", "brands", "ident"),
    [
        ({}, "", (), DEFAULT),
        ({"brand.yaml": BRAND}, "", (), "brand"),
        ({"brands/north.yaml": BRAND}, "brand: north", (), "north"),
        ({"brands/north/brand.yaml": BRAND}, "brand: north", (), "north"),
        ({"clinics/north.yaml": BRAND}, "brand: clinics/north.yaml", (), "north"),
        ({"clinics/north/brand.yaml": BRAND}, "brand: clinics/north", (), "north"),
        ({"brand.yaml": BRAND}, "", ("willow",), "willow"),
        ({"clinics/north.yaml": BRAND}, "", ("clinics/north.yaml",), "north"),
        ({"brands/willow.yaml": BRAND}, "brand: willow", (), "willow"),
    ],
)
def test_which_brand(
    tmp_path: Path, files: dict[str, str], settings: str, brands: tuple[str, ...], ident: str
) -> None:
    folder = project(tmp_path, {**files, "handouts.yaml": settings})
    made = loaded(folder, brands=brands).project.brands
    assert list(made) == [ident]
    if files and not brands:
        assert made[ident].brand.name == "Clinic"


def test_worked_examples_have_logos() -> None:
    made = load(world(REPOSITORY), project=None, layouts=[], languages=[], brands=list(_brands()))
    with_logo = [brand for brand in made.brands.values() if brand.brand.logo]
    assert len(with_logo) >= 2
    assert all(brand.logo is not None for brand in with_logo)


def _brands() -> tuple[str, ...]:
    return choices(world(REPOSITORY), None).brands


def test_names_that_were_typed_are_usage_errors(tmp_path: Path) -> None:
    folder = project(tmp_path, {})
    found = errors(folder, layouts=["flier"], languages=["dee"], brands=["willo"])
    assert [one.code for one in found] == ["unknown-brand", "unknown-language", "unknown-layout"]
    assert {one.exit_code for one in found} == {ExitCode.USAGE}
    assert "did you mean 'willow'" in found[0].hint


def test_problems_of_all_files_come_together(tmp_path: Path) -> None:
    layout = "extends: _base\nid: mine\nname: M\ntitle: nowhere\n"
    files = {"handouts.yaml": "paper: A44", "brand.yaml": "nme: x", "layouts/mine.yaml": layout}
    found = errors(project(tmp_path, files), layouts=["mine"])
    assert [str(one.place).split(":")[0] for one in found] == [
        "brand.yaml",
        "brand.yaml",
        "handouts.yaml",
        "layouts/mine.yaml",
    ]


def test_extends_merges_styles_and_page_and_replaces_the_rest(tmp_path: Path) -> None:
    child = (
        "extends: benefits-flyer\nid: mine\nname: Mine\npage: {margins: 20mm}\n"
        "styles: {body: {size: 14pt}}\nfit: []\n"
    )
    folder = project(tmp_path, {"layouts/mine.yaml": child})
    made = loaded(folder, layouts=["mine", "benefits-flyer"]).project.layouts
    mine, flyer = made["mine"], made["benefits-flyer"]
    assert mine.styles["body"].size == Length(14)
    assert mine.styles["body"].leading == flyer.styles["body"].leading
    assert mine.styles["h2"] == flyer.styles["h2"]
    assert mine.page.papers == flyer.page.papers
    assert mine.page.margins != flyer.page.margins
    assert mine.body == flyer.body
    assert (mine.fit, len(flyer.fit) > 0) == ((), True)


def test_a_problem_that_is_inherited_points_into_the_parent(tmp_path: Path) -> None:
    parent = "id: _mine\nstyles:\n  body: {size: 8pt}\nbody: []\n"
    child = "extends: _mine\nid: mine\nname: M\ntitle: flyer.title\npage: {margins: 9mm}\n"
    files = {"layouts/_mine.yaml": parent, "layouts/mine.yaml": child}
    (only,) = errors(project(tmp_path, files), layouts=["mine"])
    assert (only.code, str(only.place)) == ("type-too-small", "layouts/_mine.yaml:3:16")


def test_layouts_that_extend_one_another(tmp_path: Path) -> None:
    files = {f"layouts/{a}.yaml": f"extends: {b}\nid: {a}\n" for a, b in ("xy", "yz", "zx")}
    (only,) = errors(project(tmp_path, files), layouts=["x"])
    assert (only.code, only.message) == ("extends-itself", "x extends y extends z extends x")


def test_a_project_layout_hides_a_built_in_one(tmp_path: Path) -> None:
    own = "extends: _base\nid: topic-sheet\nname: My own\ntitle: flyer.title\n"
    folder = project(tmp_path, {"layouts/topic-sheet.yaml": own})
    assert loaded(folder, layouts=["topic-sheet"]).project.layouts["topic-sheet"].name == "My own"


def _german(change: str, by: str) -> str:
    text = (REPOSITORY / "handouts/catalogue/locales/de.yaml").read_text("utf-8")
    assert change in text
    return text.replace(change, by, 1)


def test_a_stale_translation_is_a_warning_and_is_marked(tmp_path: Path) -> None:
    text = _german(source_hash("Scan to visit us"), "0123456789ab")
    made = loaded(project(tmp_path, {"locales/de.yaml": text}), languages=["de"])
    (warning,) = made.warnings
    assert (warning.code, warning.severity) == ("stale-translation", Severity.WARNING)
    assert "flyer.scan" in warning.message
    strings = made.project.locales["de"].strings
    assert [name for name, one in strings.items() if one.stale] == ["flyer.scan"]
    assert strings["flyer.scan"].status == "draft"


def test_a_missing_translation_is_an_error(tmp_path: Path) -> None:
    text = _german("\n  flyer.scan:", "\n  flyer.skan:")
    found = errors(project(tmp_path, {"locales/de.yaml": text}), languages=["de"])
    assert [one.code for one in found] == ["missing-translation", "unknown-string"]
    assert "1 string is missing: flyer.scan" in found[0].message
    assert found[1].hint == "did you mean 'flyer.scan'?"


def test_a_hash_of_digits_only_needs_no_quotes(tmp_path: Path) -> None:
    text = _german(source_hash("Scan to visit us"), "123456789012")
    assert loaded(project(tmp_path, {"locales/de.yaml": text}), languages=["de"]).warnings


@pytest.mark.parametrize(
    ("tag", "direction", "script"),
    [("en", "ltr", "Latn"), ("ar", "rtl", "Arab"), ("zh-Hans", "ltr", "Hans")],
)
def test_facts_of_a_language_come_from_cldr(tag: str, direction: str, script: str) -> None:
    locale = load(world(REPOSITORY), project=None, layouts=[], languages=[tag]).locales[tag]
    assert (locale.direction, locale.script, len(locale.digits)) == (direction, script, 10)


def test_a_language_with_its_own_digits(tmp_path: Path) -> None:
    text = _german("language: de", "language: fa")
    folder = project(tmp_path, {"locales/fa.yaml": text})
    locale = loaded(folder, languages=["fa"]).project.locales["fa"]
    assert (locale.direction, locale.script, locale.digits) == ("rtl", "Arab", "۰۱۲۳۴۵۶۷۸۹")


def test_the_catalogue_needs_its_words_and_drawings(tmp_path: Path) -> None:
    package = REPOSITORY / "handouts" / "catalogue"
    course = (package / "course.yaml").read_text("utf-8")
    english = (package / "locales" / "en.yaml").read_text("utf-8")
    changed = {
        "catalogue/course.yaml": course.replace("drawing: legs-long", "drawing: leg-long"),
        "catalogue/locales/en.yaml": english.replace("  talk.oil:", "  talk.oils:"),
    }
    found = errors(tmp_path, builtin=builtin_with(tmp_path, changed))
    assert [one.code for one in found] == ["unknown-drawing", "missing-string"]
    assert "did you mean 'legs-long'?" in found[0].hint
    assert "talk.oil" in found[1].message


def test_the_world() -> None:
    fixed = World(Path("/w"), date(2026, 3, 1), {"SOURCE_DATE_EPOCH": "1700000000"})
    assert fixed.date == "2023-11-14T22:13:20+00:00"
    assert World(Path("/w"), date(2026, 3, 1), {}).date == "2026-03-01T00:00:00+00:00"
    assert fixed.shown(Path("/w/a/b.yaml")) == "a/b.yaml"
    assert fixed.shown(Path("/x/b.yaml")) == "/x/b.yaml"
    with pytest.raises(HandoutsError):
        _ = World(Path("/w"), date(2026, 3, 1), {"SOURCE_DATE_EPOCH": "soon"}).date


def test_the_system_world_honours_the_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert World.system().today == datetime.fromtimestamp(1700000000, UTC).date()
