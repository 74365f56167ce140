"""From what was typed to a pack: the pack file's values, the options over them, and the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.cli.choose import Request, jobs
from handouts.cli.names import ALL, tags_of
from handouts.cli.output import Verdict, judge
from handouts.cli.pack_inserts import insertions, taken
from handouts.cli.project import choices, open_opted, output_folder, project_folder
from handouts.cli.session import Session
from handouts.cli.targets import STREAM, Target
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Severity, problem
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.pack import PACK, Foreign, PackFile

if TYPE_CHECKING:
    from handouts.load.packs import FiledPack
    from handouts.model.pack import PackJob
    from handouts.model.project import Job, Project
    from handouts.packing import Binding


@dataclass(frozen=True, slots=True)
class Asked:
    """A pack to make: the handouts, the foreign PDFs in it, and where the file goes."""

    project: Project
    pack: PackJob
    inserts: tuple[tuple[Foreign, bytes], ...]
    target: Target
    rehearse: bool


def asked(session: Session, options: dict[str, Any]) -> Asked:
    """The pack the options and the pack file ask for.

    Raises:
        HandoutsError: for names that do not exist and PDFs that cannot be put in.
    """
    from handouts.load.packs import load_pack, with_front
    from handouts.packing import plan_pack

    filed: FiledPack | None = None
    if options["file"] is not None:
        path = session.world.cwd / options["file"]
        filed = load_pack(session.world, path, choices(session))
    settings = _settings(filed.file if filed else None, options)
    project = _project(session, settings, options)
    inserts = tuple(insertions(session, filed, options["inserts"]))
    pairs = tuple((one.foreign, one.after) for one in inserts)
    entries = _entries(project, settings, options, filed)
    planned = plan_pack(project, entries, _binding(settings, pairs))
    if filed:
        session.findings.add(_untitled(project, settings, filed, planned.front))
    name = f"{filed.path.stem}.pdf" if filed else _name(planned.front)
    inputs = [one.path for one in inserts] + ([filed.path] if filed else [])
    return Asked(
        with_front(session.world, project_folder(session), project),
        planned,
        tuple((one.foreign, one.data) for one in inserts),
        _kept(_target(session, project, planned.front, name, options), inputs),
        options["dry_run"],
    )


def _untitled(
    project: Project, settings: PackFile, filed: FiledPack, front: Job
) -> Iterator[Diagnostic]:
    """A word about languages of the cover in which the pack file gives no title."""
    instead = {"title": "it says what the class is called", "subtitle": "it says nothing"}
    for key, said in instead.items():
        given = getattr(settings, key)
        if not isinstance(given, dict):
            continue
        for tag in front.languages:
            if tag not in given and project.locales[tag].base not in given:
                yield Diagnostic(
                    "title-not-translated",
                    f"there is no {key} in {tag}, a language of the cover: there {said}",
                    f"add a line for {tag} under {key}",
                    filed.spot.at((key,)),
                    Severity.WARNING,
                )


def _settings(found: PackFile | None, options: dict[str, Any]) -> PackFile | Any:
    """The pack file with the options over it."""
    base = found or PackFile.model_construct(parts=())
    over = {
        "title": options["title"],
        "languages": options["languages"] or None,
        "profile": options["profile"],
        "cover": options["cover"],
        "contents": options["contents"],
        "start": options["start"],
        "order": options["order"],
        "brand": _one(options["brands"], "--brand"),
        "paper": _one(options["papers"], "--size"),
    }
    return base.model_copy(update={k: v for k, v in over.items() if v is not None})


def _one(given: Sequence[str], option: str) -> str | None:
    if len(given) > 1:
        message = f"a pack takes one {option}, not {len(given)}"
        raise problem("usage", message, "make a pack for each", exit_code=ExitCode.USAGE)
    return given[0] if given else None


def _project(session: Session, settings: PackFile, options: dict[str, Any]) -> Project:
    """The project with every layout and language the pack names."""
    own = [tag for part in settings.parts for tag in part.languages]
    tags = [*settings.languages, *own]
    some_say_nothing = not settings.languages and any(not p.languages for p in settings.parts)
    opened = {
        "brands": (settings.brand,) if settings.brand else (),
        "overrides": options["overrides"],
        "languages": tuple(tags),
        "layouts": tuple(p.layout for p in settings.parts) or options["layouts"],
    }
    every = bool(own) and some_say_nothing
    if every:
        opened["languages"] = ()
    return open_opted(session, opened, every=every)


def _entries(
    project: Project, settings: PackFile, options: dict[str, Any], filed: FiledPack | None
) -> list[Sequence[Job]]:
    """The handouts of each entry of the pack file, or of each layout that was typed."""
    languages = _spelt(settings.languages, project)
    languages = languages or project.settings.languages or (SOURCE_LANGUAGE,)
    own = next((p.languages[0] for p in settings.parts if p.languages), languages[0])
    first = languages[0] if settings.languages else own
    request = Request(
        languages=languages,
        papers=(_paper(project, settings, first),),
        profile=settings.profile,
        include=options["include"],
        allow_draft=options["allow_draft"],
        allow_stale=options["allow_stale"],
    )
    if filed is not None:
        entries: list[Sequence[Job]] = []
        for number, part in enumerate(settings.parts):
            of_part = replace(
                request,
                layouts=(part.layout,),
                languages=part.languages or languages,
                weeks=part.weeks,
                groups=part.groups,
            )
            with _in_file(filed, number):
                entries.append(jobs(project, of_part))
        return entries
    typed = replace(
        request, layouts=options["layouts"], weeks=options["weeks"], groups=options["groups"]
    )
    found = jobs(project, typed)
    layouts = dict.fromkeys(job.layout for job in found)
    return [[job for job in found if job.layout == layout] for layout in layouts]


@contextmanager
def _in_file(filed: FiledPack, number: int) -> Iterator[None]:
    """What is wrong with an entry of the pack file stands there, not on the command line."""
    try:
        yield
    except HandoutsError as error:
        place = filed.spot.at(("parts", number))
        raise HandoutsError(
            replace(
                one,
                message=_as_keys(one.message),
                hint=_as_keys(one.hint),
                place=one.place or place,
                exit_code=ExitCode.CONTENT if one.exit_code is ExitCode.USAGE else one.exit_code,
            )
            for one in error.diagnostics
        ) from None


def _as_keys(said: str) -> str:
    for option, key in _KEYS.items():
        said = said.replace(option, key)
    return said


_KEYS = {"--week": "weeks", "--group": "groups", "--language": "languages", "--layout": "layout"}
"""Options, and what the pack file calls them."""


def _spelt(languages: Sequence[str], project: Project) -> tuple[str, ...]:
    """``all`` is every language there is."""
    if ALL not in [tag for one in languages for tag in tags_of(one)]:
        return tuple(languages)
    return (*project.locales, *(one for one in languages if "+" in one))


def _paper(project: Project, settings: PackFile, first: str) -> str:
    from handouts.compose import default_paper

    return settings.paper or project.settings.paper or default_paper(first.split("+")[0])


def _binding(settings: PackFile, inserts: tuple[tuple[Foreign, str | int], ...]) -> Binding:
    from handouts.packing import Binding

    return Binding(
        title=settings.title,
        subtitle=settings.subtitle,
        order=settings.order,
        cover=settings.cover,
        contents=settings.contents,
        start=settings.start,
        inserts=inserts,
    )


def _name(front: Job) -> str:
    pieces = [PACK, front.language, front.paper]
    if front.profile != "instructor":
        pieces.append(front.profile)
    return "-".join(pieces) + ".pdf"


def _target(
    session: Session, project: Project, front: Job, name: str, options: dict[str, Any]
) -> Target:
    job = replace(front, layout=PACK)
    wanted: str | None = options["target"]
    if wanted == STREAM:
        return Target(job, None, Verdict("write"))
    folder = output_folder(session, project, options["output"]) / front.brand
    path = Path(wanted) if wanted else folder / name
    return Target(job, path, judge(path, force=options["force"]))


def _kept(target: Target, inputs: Iterable[Path]) -> Target:
    """The target, refused when it is one of the files the pack is made from."""
    why = taken(target.path, inputs) if target.path else None
    return replace(target, verdict=Verdict("refuse", why)) if why else target
