"""What an agency is called where it has not said it itself."""

from typing import NamedTuple

from tcns.areas.vocabulary import Level


class AgencyText(NamedTuple):
    """What stands on the documents of an agency, and who helps there; several lines in one text."""

    name: str
    superior: str | None
    place: str
    sign: str
    authority: str
    signer_name: str | None = None
    receivers: str | None = None
    helper_name: str | None = None
    helper_phone: str | None = None


def may_have_agency(level: Level) -> bool:
    """Whether areas of a level have an agency that signs."""
    return level in (Level.PROVINCE, Level.COMMUNE)


def usual_text(level: Level, full_name: str, name: str, province: str) -> AgencyText:
    """The usual words of a people's committee; `province` is the full name of the one above.

    Since 01/07/2025 the line above a commune's is the province's alone.
    """
    return AgencyText(
        name=f"Ủy ban nhân dân {_small(full_name)}",
        superior=f"UBND {_small(province)}" if level is Level.COMMUNE and province else None,
        place=name,
        sign="UBND",
        authority="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
        receivers="Lưu: VT",
    )


def _small(full_name: str) -> str:
    """A full name within a sentence: xã Hòa Phú."""
    return full_name[:1].lower() + full_name[1:]


def lines(text: str | None) -> tuple[str, ...]:
    """The lines of a text that has several."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
