"""An import from beginning to end, up to but not including the writing of a file.

Everything that is wrong is found and reported; then all of it is taken, or nothing, or with
`partial` the strings nothing is wrong with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from handouts.diagnostics import Diagnostic, HandoutsError, Place, Severity
from handouts.load.files import read_yaml
from handouts.load.locale_checks import check_hedges, check_translation, text_of
from handouts.load.locales import available, locale_file
from handouts.load.problems import Problems, nearest
from handouts.load.yaml import parse
from handouts.model.locale import source_hash
from handouts.model.project import Project
from handouts.translate.archive import added
from handouts.translate.checks import check_moved, check_text
from handouts.translate.heads import head_changes
from handouts.translate.language import Language, opened, same_language
from handouts.translate.merge import Change, Signer, judge, untouched
from handouts.translate.outcome import Outcome, Wanted
from handouts.translate.returned import Returned, Row, error, warning
from handouts.translate.room import Crowded, composed_before, crowded, explained, growth
from handouts.translate.table import english_name
from handouts.translate.unit import META
from handouts.translate.yaml_edit import begun, copied, edited
from handouts.translate.yaml_text import translated
from handouts.world import World

_TRIES = 12
"""How often sheets are set again while strings are left out to make room."""
_NEAR = 20
"""Unknown ids that the nearest name is looked for."""
_TELLING = 12
"""Characters of a text that two languages do not share by chance."""
_ENOUGH = 5
"""Changed texts from which on it is asked whose language they are in."""
_UNFINISHED = frozenset(("no-hedges",))


def rehearse(
    world: World,
    folder: Path | None,
    project: Project,
    language: Language,
    files: Sequence[Returned],
    wanted: Wanted,
) -> Outcome:
    """What taking these files would do; nothing is written.

    Args:
        world: the outside world.
        folder: the project's folder, or None.
        project: with all layouts; its brands are those sheets are tried with.
        language: as it is filed now.
        files: what came back, all in this language.
        wanted: where to and how.
    """
    return _Import(world, folder, project, language, files, wanted).outcome()


class _Import:
    """The steps of one import; each notes what is wrong and lets the next go on."""

    def __init__(
        self,
        world: World,
        folder: Path | None,
        project: Project,
        language: Language,
        files: Sequence[Returned],
        wanted: Wanted,
    ) -> None:
        self.world, self.folder, self.project = world, folder, project
        self.language, self.files, self.wanted = language, files, wanted
        self.general: list[Diagnostic] = [one for file in files for one in file.found]
        self.bad: dict[str, list[Diagnostic]] = {}
        self.remarks: list[Diagnostic] = []
        self.changes: dict[str, Change] = {}
        self.heads: dict[str, str] = {}
        self.rows: dict[str, Row] = {}
        self.translators: dict[str, str] = {}
        self.unknown = 0

    def outcome(self) -> Outcome:
        """All steps in order."""
        self._languages()
        self._collect()
        self._judge()
        self._heads()
        self._content_checks()
        self._room()
        return self._result()

    def _languages(self) -> None:
        for file in self.files:
            if not file.language or same_language(file.language, self.language.tag):
                continue
            place = file.rows[0].place if file.rows else None
            where = Place(place.path.partition("#")[0]) if place else None
            message = f"the file says it is in {file.language}, and not in {self.language.tag}"
            hint = f"choose the right file, or --language {file.language}"
            self.general.append(error("wrong-language", message, hint, where))

    def _collect(self) -> None:
        """Rows by id; unknown ids and those that come twice are wrong.

        Several files may be parts of one work: of a string that is in two of them, the one that
        somebody touched counts.
        """
        for file in self.files:
            here = set[str]()
            for row in file.rows:
                first = self.rows.get(row.id)
                if not row.id.startswith(META) and row.id not in self.language.english:
                    self._unknown(row)
                elif first is not None and row.id in here:
                    self._twice(first, row)
                elif first is None or untouched(first):
                    self.rows[row.id] = row
                    self.translators[row.id] = file.translator
                elif not untouched(row) and _says(first) != _says(row):
                    self._twice(first, row)
                here.add(row.id)

    def _twice(self, first: Row, row: Row) -> None:
        hint = "take one of the two out"
        if _says(first) == _says(row):
            message = f"'{row.id}' is here twice"
            self.remarks.append(warning("duplicate-string", message, hint, row.place))
        else:
            message = (
                f"'{row.id}' is here twice with different texts; the first is at {first.place}"
            )
            self._refuse(row.id, error("duplicate-string", message, hint, row.place))

    def _unknown(self, row: Row) -> None:
        self.unknown += 1
        # Looking for near names takes time that a file of another program is not worth.
        near = nearest(row.id, self.language.english) if self.unknown <= _NEAR else None
        hint = f"did you mean '{near}'?" if near else "take the row out"
        message = f"there is no string '{row.id[:80]}'"
        self._refuse(row.id, error("unknown-string", message, hint, row.place))

    def _judge(self) -> None:
        """What each row changes, and whether its text may be taken."""
        strings = [row for row in self.rows.values() if not row.id.startswith(META)]
        for row in strings:
            judged = judge(self.language, row, self._signer(row))
            if judged.change is not None:
                self.changes[row.id] = judged.change
                self._note(row.id, judged.found)
                self._note(row.id, check_text(self.language, row))
            else:
                self._note(row.id, judged.found)
        for found in check_moved(self.language, [c.row for c in self.changes.values()]):
            # A file in one line has one place for all rows: then the message tells which it is.
            here = [c.row.id for c in self.changes.values() if c.row.place == found.place]
            named = [name for name in here if f"'{name}'" in found.message]
            self._refuse((named or here)[0], found)
        self._foreign()
        self._unsigned()

    def _foreign(self) -> None:
        """A file that says what another language's file says is that language's."""
        changed = [c for c in self.changes.values() if len(c.new.text) > _TELLING]
        if len(changed) < _ENOUGH:
            return
        for tag, path in available(self.world, self.folder).items():
            if tag == self.language.tag or tag == self.language.file.base:
                continue
            strings = locale_file(read_yaml(self.world, path)).strings
            same = [c for c in changed if text_of(strings.get(c.id, "")) == c.new.text]
            if len(same) > len(changed) / 4:
                message = f"{len(same)} of {len(changed)} new texts are those of {tag}"
                hint = f"choose the right file, or --language {tag}"
                self.general.append(error("wrong-language", message, hint, same[0].row.place))
                return

    def _signer(self, row: Row) -> Signer:
        """A file may say on top who translated it."""
        by = self.wanted.signer.by or self.translators[row.id]
        return Signer(by, self.wanted.signer.today)

    def _unsigned(self) -> None:
        nobody = [c for c in self.changes.values() if c.new.by is None and c.id not in self.bad]
        if not nobody:
            return
        count = "1 string is" if len(nobody) == 1 else f"{len(nobody)} strings are"
        message = f"{count} signed by nobody, beginning with '{nobody[0].id}'"
        hint = "give --by with the translator's initials or role, or fill in By in the file"
        said = error("unsigned", message, hint, nobody[0].row.place)
        for change in nobody:
            self._refuse(change.id, said)

    def _heads(self) -> None:
        rows = {name: row for name, row in self.rows.items() if name.startswith(META)}
        self.heads, found = head_changes(self.language, rows)
        for name, said in found:
            self._refuse(name, said)
        by = self.wanted.signer.by or any(self.translators.values())
        if self.heads and not by:
            first = next(iter(rows.values()))
            message = f"{' and '.join(self.heads)} changed, and nobody signs for it"
            hint = "give --by with initials or a role"
            self.general.append(error("unsigned", message, hint, first.place))

    def _content_checks(self) -> None:
        """What ``load`` would say of the new file, told at the row that is to blame."""
        for _ in range(2):
            content = self._content()
            if content is None:
                return
            found = list(self._loaded(content))
            for name, said in found:
                if name:
                    self._refuse(name, said)
                else:
                    self.general.append(said)
            if not any(name for name, _ in found):
                return

    def _loaded(self, content: bytes) -> Iterator[tuple[str, Diagnostic]]:
        parsed = parse(content, self.world.shown(self.wanted.target))
        problems = Problems()
        try:
            file = locale_file(parsed)
        except HandoutsError as wrong:
            yield from (("", one) for one in wrong.diagnostics)
            return
        lines = {s.key_line + 1: str(n) for n, s in parsed.spot.inside["strings"].inside.items()}
        new = self._language(content)
        check_translation(file, parsed, self.language.english_file.strings, problems)
        check_hedges(new.locale(), parsed, self.project.catalogue, problems)
        if self.heads and self.language.file.hedges:
            # A file does not loosen the lists that its own sentences are held against.
            old = self.language.file
            kept = replace(new.locale(), hedges=old.hedges, negations=old.negations)
            check_hedges(kept, parsed, self.project.catalogue, problems)
        told = {(d.code, n) for n, all_ in self.bad.items() for d in all_}
        for said in problems.found:
            name = lines.get(said.place.line, "") if said.place else ""
            change = self.changes.get(name)
            if said.code in _UNFINISHED:
                if not any(one.code == said.code for one in self.remarks):
                    self.remarks.append(
                        warning(said.code, said.message, said.hint, Place(parsed.spot.origin.path))
                    )
            elif change is None:
                # It was so before; the next build says it.
                continue
            elif (said.code, name) not in told:
                yield (
                    name,
                    error(said.code, said.message, said.hint, change.row.place, said.exit_code),
                )

    def _room(self) -> None:
        """Sets the sheets again; with `partial`, until what is left has room."""
        old = self.language.locale()
        before = composed_before(self.project, self.world, old) if self._good() else {}
        for _ in range(_TRIES):
            good = self._good()
            content = self._content()
            if content is None or not good:
                return
            new = self._language(content).locale()
            found = list(crowded(self.project, self.world, before, (old, new), good))
            for one in found:
                self._note_crowded(one, good)
            if not self.wanted.partial or all(one.before for one in found):
                return

    def _note_crowded(self, one: Crowded, good: Mapping[str, Change]) -> None:
        said = list(explained(one, good))
        if one.before:
            self.remarks += said
            return
        glyphs = [n for n in one.strings if any(f"'{n}'" in d.message for d in one.found)]
        lacking = all(d.code == "missing-glyph" for d in one.found) and glyphs
        grown = [name for name in one.strings if growth(good[name]) > 0]
        for name in lacking or self._worst(grown) or one.strings:
            self.bad.setdefault(name, []).extend(said)

    def _worst(self, grown: list[str]) -> list[str]:
        """The half of the strings that grew most: leaving those out may be enough."""
        ordered = sorted(grown, key=lambda name: -growth(self.changes[name]))
        return ordered[: max(1, len(ordered) // 2)] if self.wanted.partial and ordered else ordered

    def _good(self) -> dict[str, Change]:
        return {name: change for name, change in self.changes.items() if name not in self.bad}

    def _good_heads(self) -> dict[str, str]:
        spoilt = {name.removeprefix(META).partition(".")[0] for name in self.bad}
        return {name: value for name, value in self.heads.items() if name not in spoilt}

    def _content(self) -> bytes | None:
        """The new file, or None when nothing changes."""
        strings = {name: translated(c.new) for name, c in self._good().items()}
        heads = self._good_heads()
        if not strings and not heads:
            return None
        language = self.language
        if language.parsed is None:
            if not strings:
                return None
            fresh = begun(language.tag, english_name(language.tag), strings, language.order)
            return edited(fresh, {}, heads, language.order)
        content = copied(language.content) if self.wanted.copy else language.content
        return edited(content, strings, heads, language.order)

    def _language(self, content: bytes) -> Language:
        place = Place(self.world.shown(self.wanted.target))
        tag = self.language.tag
        return opened(self.world, self.folder, tag, self.wanted.target, content, place)

    def _result(self) -> Outcome:
        errors = [one for all_ in self.bad.values() for one in all_]
        found = list(dict.fromkeys([*self.general, *self.remarks, *errors]))
        outcome = Outcome(self.language.tag, found=found, left_out=tuple(self.bad))
        fatal = any(one.severity is Severity.ERROR for one in self.general)
        if fatal or (outcome.failed and not self.wanted.partial):
            return outcome
        outcome.changes = tuple(self._good().values())
        outcome.heads = tuple(self._good_heads())
        outcome.content = self._content()
        if outcome.content is not None:
            self._verify(outcome.content)
            builtin = self.world.data("catalogue") / "locales"
            if self.folder is not None or self.wanted.target.parent == builtin:
                outcome.archive = added(self.world, self.folder, self._sources())
        return outcome

    def _verify(self, content: bytes) -> None:
        """The new file says what it was meant to, and all else is as it was."""
        file = self._language(content).file
        wanted = {name: change.new for name, change in self._good().items()}
        expected = {**self.language.file.strings, **wanted}
        if file.strings != expected:  # A mistake of this program: never write such a file.
            raise RuntimeError("the edited locale file does not say what was imported")

    def _sources(self) -> dict[str, str]:
        """English texts that translations of this language are made from now."""
        english = self.language.english
        texts = {source_hash(text): text for text in english.values()}
        rows = (change.row for change in self.changes.values() if change.row.source)
        return texts | {source_hash(row.source): row.source for row in rows}

    def _note(self, name: str, found: Iterable[Diagnostic]) -> None:
        for one in found:
            if one.severity is Severity.ERROR:
                self._refuse(name, one)
            else:
                self.remarks.append(one)

    def _refuse(self, name: str, said: Diagnostic) -> None:
        self.bad.setdefault(name, []).append(said)


def _says(row: Row) -> tuple[str, str]:
    return row.target, row.state
