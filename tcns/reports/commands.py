"""flask reports …"""

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from tcns.areas import queries as areas
from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.command_line import PERIOD, clear_lines
from tcns.documents.member_queries import teams_to_list
from tcns.documents.sending import file_of
from tcns.documents.vocabulary import Form
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod
from tcns.permissions.scope import EVERYTHING
from tcns.reports.document_queries import current_copy, current_letter
from tcns.reports.queries import Subject, subject_named

group = AppGroup("reports", help="Periodic reports of teams, communes and the province.")


@group.command("draft")
@click.option(
    "--area",
    "code",
    required=True,
    help="Code of the area reported on.",
)
@click.option("--period", type=PERIOD, required=True, help="2026-10, 2026-Q4, 2026-H1, 2026-9M …")
@click.option("--format", "layout", type=click.Choice(["docx", "pdf", "json"]), default="docx")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def draft(code: str, period: NamedPeriod, layout: str, file: Path) -> None:
    """Write the report of an area or its team into FILE: as it was sent, else as it is now."""
    with clear_lines():
        subject = _subject(code, period)
        if layout == "json":
            values = asdict(current_copy(subject))
            content = json.dumps(values, ensure_ascii=False, indent=2).encode()
        else:
            content = file_of(current_letter(subject), Form(layout))
    file.write_bytes(content)


def _subject(code: str, period: NamedPeriod) -> Subject:
    """The report that is asked for; raises RuleViolation where there is none."""
    day = min(today(), period.days.last)
    area = areas.area_by_code(code, usual_map(day))
    found = subject_named(f"area-{area.id}", period) if area else None
    if area and area.step is Level.VILLAGE:
        teams = teams_to_list(EVERYTHING, area, day)
        found = Subject(area, teams[0], period) if len(teams) == 1 else None
    if found is None:
        raise RuleViolation(_("There is no report of %(code)s for this period.", code=code))
    return found
