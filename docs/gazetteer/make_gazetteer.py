"""Makes the gazetteer of Tuyên Quang and Hà Giang, from 2021-07-01 to today, as four CSV files.

    python docs/gazetteer/make_gazetteer.py [--wheel FILE] [--into FOLDER]

Reads two data files of the package vietnamadminunits 1.0.4 (MIT) without importing it, adds what
they lack, checks the result and writes it. Sources and corrections are told in README.md.
"""

import argparse
import csv
import hashlib
import json
import sqlite3
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "tcns" / "areas" / "gazetteer"
PACKAGE = "vietnamadminunits"
DIGESTS = {
    "dataset.db": "147cbbf81c8964bb594e1dda7ebab5649bce21efbfd6cb508cab7fefca62257d",
    "converter_2025.json": "84f0848bf401b047775cbb49768c181a9271f77e4a4ec706d293b09bcb4faddd",
}

# Resolution 1262/NQ-UBTVQH14, which gave Tuyên Quang its last shape before 2024, is in force.
START = "2021-07-01"
MERGER = "2024-09-01"
REFORM = "2025-07-01"
MERGER_DECREE = "1106/NQ-UBTVQH15"
PROVINCE_DECREE = "202/2025/QH15"
COMMUNE_DECREE = "1684/NQ-UBTVQH15"

OLD_TUYEN_QUANG, OLD_HA_GIANG = f"08@{START}", f"02@{START}"
NEW_TUYEN_QUANG = f"08@{REFORM}"
HONG_SON = "02608"

# Degrees, estimated to a hundredth (about 1 km): the package has the district's position for the
# first two, and one in the neighbouring commune Tân Lập for the third.
CORRECTED_POSITIONS = {
    "02338": ("22.15", "105.24"),  # Phúc Thịnh, Chiêm Hóa
    "02479": ("21.86", "105.14"),  # Lang Quán, Yên Sơn
    "01162": ("22.55", "104.91"),  # Tân Thành, Bắc Quang
}

PROVINCES_QUERY = """
    SELECT DISTINCT provinceCode, 'Tỉnh', provinceShort, provinceLat, provinceLon, '', ''
    FROM admin_units_legacy WHERE provinceCode IN ('02', '08')"""
DISTRICTS_QUERY = """
    SELECT DISTINCT districtCode, districtType, districtShort, districtLat, districtLon,
        provinceCode, ''
    FROM admin_units_legacy WHERE provinceCode IN ('02', '08')"""
COMMUNES_QUERY = """
    SELECT wardCode, wardType, wardShort, wardLat, wardLon, districtCode,
        provinceKey || '_' || districtKey || '_' || wardKey
    FROM admin_units_legacy WHERE provinceCode IN ('02', '08')"""
NEW_PROVINCE_QUERY = """
    SELECT DISTINCT provinceCode, 'Tỉnh', provinceShort, provinceLat, provinceLon, '', ''
    FROM admin_units WHERE provinceCode = '08'"""
NEW_COMMUNES_QUERY = """
    SELECT wardCode, wardType, wardShort, wardLat, wardLon, provinceCode, wardKey
    FROM admin_units WHERE provinceCode = '08'"""

# By level, ancestor and day. 138 is the state that the published team figures count.
AREA_COUNTS = {
    ("district", OLD_TUYEN_QUANG, START): 7,
    ("district", OLD_HA_GIANG, START): 11,
    ("commune", f"070@{START}", "2024-08-31"): 15,
    ("commune", f"071@{START}", "2024-08-31"): 10,
    ("commune", f"072@{START}", "2024-08-31"): 12,
    ("commune", f"073@{START}", "2024-08-31"): 24,
    ("commune", f"074@{START}", "2024-08-31"): 18,
    ("commune", f"075@{START}", "2024-08-31"): 28,
    ("commune", f"076@{START}", "2024-08-31"): 31,
    ("commune", OLD_TUYEN_QUANG, "2024-08-31"): 138,
    ("commune", OLD_TUYEN_QUANG, "2024-09-01"): 137,
    ("commune", OLD_TUYEN_QUANG, "2025-06-30"): 137,
    ("commune", OLD_HA_GIANG, "2021-07-01"): 193,
    ("commune", OLD_HA_GIANG, "2025-06-30"): 193,
    ("district", NEW_TUYEN_QUANG, REFORM): 0,
    ("commune", NEW_TUYEN_QUANG, REFORM): 124,
}
REFORM_COUNTS = {
    "of these xã": 117,
    "of these phường": 7,
    "of these from old Tuyên Quang": 51,
    "of these from Hà Giang": 73,
    "of these unchanged by the reform": 13,
}
# Kim Phú, Thái Bình (Tuyên Quang); Quang Trung, Việt Lâm, Yên Định (Hà Giang).
SPLIT_COMMUNES = {f"{code}@{START}" for code in ("02497", "02494", "00688", "00967", "00988")}


class Unit(NamedTuple):
    """An administrative unit as the package has it; package_key links old ones to new ones."""

    code: str
    kind: str
    name: str
    latitude: str
    longitude: str
    parent: str
    package_key: str


# Merged on 2024-09-01, so not in the package. It places Hồng Sơn where Hồng Lạc was; Vân Sơn lay
# north-west of it, its position is an estimate like those above.
MERGED_COMMUNES = (
    Unit("02593", "xã", "Vân Sơn", "21.60", "105.26", "076", ""),
    Unit(HONG_SON, "xã", "Hồng Lạc", "21.578304", "105.272146", "076", ""),
)


class Area(NamedTuple):
    """A line of areas.csv; here as in the other files days are ISO text, valid_to exclusive."""

    key: str
    level: str
    latitude: str
    longitude: str
    valid_from: str
    valid_to: str


class Name(NamedTuple):
    """A line of names.csv."""

    area: str
    kind: str
    name: str
    code: str
    valid_from: str
    valid_to: str


class Placement(NamedTuple):
    """A line of placements.csv."""

    area: str
    parent: str
    valid_from: str
    valid_to: str


class Succession(NamedTuple):
    """A line of successions.csv."""

    predecessor: str
    successor: str
    extent: str
    effective_on: str
    decree: str


Dated = Area | Name | Placement


@dataclass
class Source:
    """What the package holds of the two provinces; successors are by package_key."""

    provinces: list[Unit]
    districts: list[Unit]
    communes: list[Unit]
    new_province: Unit
    new_communes: list[Unit]
    successors: dict[str, list[str]]

    def unchanged(self) -> dict[str, str]:
        """Old by new package_key, where the one became the other with nothing added or taken."""
        predecessors = Counter(new for news in self.successors.values() for new in news)
        return {
            news[0]: old
            for old, news in self.successors.items()
            if len(news) == 1 and predecessors[news[0]] == 1
        }

    def renamed(self) -> set[Unit]:
        """Communes unchanged as land to which the reform gave another code, kind or name."""
        new_units = {unit.package_key: unit[:3] for unit in self.new_communes}
        old_units = {unit.package_key: unit for unit in self.communes}
        pairs = ((old_units[old], new_units[new]) for new, old in self.unchanged().items())
        return {unit for unit, words in pairs if unit[:3] != words}


@dataclass
class Gazetteer:
    """The lines of the four files."""

    areas: list[Area] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)

    def add(self, level: str, unit: Unit, valid_from: str, valid_to: str = "") -> str:
        """The key of a new area that bears one name as long as it lasts."""
        key = f"{unit.code}@{valid_from}"
        name = unicodedata.normalize("NFC", unit.name)
        self.areas.append(Area(key, level, unit.latitude, unit.longitude, valid_from, valid_to))
        self.names.append(Name(key, unit.kind, name, unit.code, valid_from, valid_to))
        return key

    def place(self, area: str, parent: str, valid_from: str, valid_to: str = "") -> None:
        """Put an area under a parent for a time."""
        self.placements.append(Placement(area, parent, valid_from, valid_to))

    def succeed(
        self, predecessor: str, successors: Sequence[str], effective_on: str, decree: str
    ) -> None:
        """One successor took the whole of the land, several took a part each."""
        extent = "whole" if len(successors) == 1 else "part"
        for successor in successors:
            line = Succession(predecessor, successor, extent, effective_on, decree)
            self.successions.append(line)


def read_source(wheel: Path | None) -> Source:
    """The package's units of both provinces, with our corrections of positions."""
    database, converter = (read_file(name, wheel) for name in DIGESTS)
    return Source(
        provinces=read_units(database, PROVINCES_QUERY),
        districts=read_units(database, DISTRICTS_QUERY),
        communes=[corrected(unit) for unit in read_units(database, COMMUNES_QUERY)],
        new_province=read_units(database, NEW_PROVINCE_QUERY)[0],
        new_communes=read_units(database, NEW_COMMUNES_QUERY),
        successors=read_successors(converter),
    )


def read_file(name: str, wheel: Path | None) -> bytes:
    """A data file of the wheel, or of the installed package; it must be the one we know."""
    path = f"{PACKAGE}/data/{name}"
    if wheel:
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(path)
    else:
        content = Path(str(distribution(PACKAGE).locate_file(path))).read_bytes()
    if hashlib.sha256(content).hexdigest() != DIGESTS[name]:
        raise SystemExit(f"{path} is not the file of {PACKAGE} 1.0.4")
    return content


def read_units(database: bytes, query: str) -> list[Unit]:
    """Units of one level in a state of the package's SQLite file."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        rows = connection.execute(query).fetchall()
    return [Unit(row[0], row[1].lower(), *map(str, row[2:])) for row in rows]


def corrected(unit: Unit) -> Unit:
    """The commune, where its position is wrong with a better one."""
    latitude, longitude = CORRECTED_POSITIONS.get(unit.code, (unit.latitude, unit.longitude))
    return unit._replace(latitude=latitude, longitude=longitude)


def read_successors(converter: bytes) -> dict[str, list[str]]:
    """What each commune of 2025-06-30 became: one commune, or several where it was split."""
    mappings = json.loads(converter)
    whole = mappings["DICT_PROVINCE_WARD_NO_DIVIDED"]["tinhtuyenquang"]
    split = mappings["DICT_PROVINCE_WARD_DIVIDED"]["tinhtuyenquang"]
    successors = {old: [new] for new, olds in whole.items() for old in olds}
    for old, parts in split.items():
        successors[old] = [part["newWardKey"] for part in parts]
    return successors


def make_gazetteer(source: Source) -> Gazetteer:
    """All areas with their names, places and successions."""
    if source.renamed():
        raise SystemExit(f"a second line in names.csv is due to {source.renamed()}")
    gazetteer = Gazetteer()
    add_provinces(gazetteer, source)
    add_districts(gazetteer, source)
    old_keys = add_old_communes(gazetteer, source)
    add_merged_communes(gazetteer)
    new_keys = add_new_communes(gazetteer, source)
    add_commune_successions(gazetteer, source, old_keys, new_keys)
    return gazetteer


def add_provinces(gazetteer: Gazetteer, source: Source) -> None:
    """Resolution 202/2025/QH15: both provinces became the new Tuyên Quang on 2025-07-01."""
    successor = gazetteer.add("province", source.new_province, REFORM)
    for unit in source.provinces:
        key = gazetteer.add("province", unit, START, REFORM)
        gazetteer.succeed(key, [successor], REFORM, PROVINCE_DECREE)


def add_districts(gazetteer: Gazetteer, source: Source) -> None:
    """Resolution 203/2025/QH15: districts ended on 2025-07-01, and nothing succeeded them."""
    for unit in source.districts:
        key = gazetteer.add("district", unit, START, REFORM)
        gazetteer.place(key, f"{unit.parent}@{START}", START, REFORM)


def add_old_communes(gazetteer: Gazetteer, source: Source) -> dict[str, str]:
    """Communes of 2025-06-30; those the reform left as they were only change their parent."""
    keys, unchanged = {}, set(source.unchanged().values())
    for unit in source.communes:
        valid_from = MERGER if unit.code == HONG_SON else START
        lasts = unit.package_key in unchanged
        key = gazetteer.add("commune", unit, valid_from, "" if lasts else REFORM)
        gazetteer.place(key, f"{unit.parent}@{START}", valid_from, REFORM)
        if lasts:
            gazetteer.place(key, NEW_TUYEN_QUANG, REFORM)
        keys[unit.package_key] = key
    return keys


def add_merged_communes(gazetteer: Gazetteer) -> None:
    """Resolution 1106/NQ-UBTVQH15: Vân Sơn and Hồng Lạc became Hồng Sơn on 2024-09-01."""
    for unit in MERGED_COMMUNES:
        key = gazetteer.add("commune", unit, START, MERGER)
        gazetteer.place(key, f"{unit.parent}@{START}", START, MERGER)
        gazetteer.succeed(key, [f"{HONG_SON}@{MERGER}"], MERGER, MERGER_DECREE)


def add_new_communes(gazetteer: Gazetteer, source: Source) -> dict[str, str]:
    """Communes formed on 2025-07-01, which stand right under the province."""
    keys, unchanged = {}, source.unchanged()
    for unit in source.new_communes:
        if unit.package_key not in unchanged:
            key = gazetteer.add("commune", unit, REFORM)
            gazetteer.place(key, NEW_TUYEN_QUANG, REFORM)
            keys[unit.package_key] = key
    return keys


def add_commune_successions(
    gazetteer: Gazetteer, source: Source, old_keys: dict[str, str], new_keys: dict[str, str]
) -> None:
    """Resolution 1684/NQ-UBTVQH15: what became of each commune that ended on 2025-07-01."""
    unchanged = set(source.unchanged().values())
    for old, news in source.successors.items():
        if old not in unchanged:
            successors = [new_keys[new] for new in news]
            gazetteer.succeed(old_keys[old], successors, REFORM, COMMUNE_DECREE)


def stands(line: Dated, day: str) -> bool:
    """Whether the line holds on the day."""
    return line.valid_from <= day and (not line.valid_to or day < line.valid_to)


def areas_in(gazetteer: Gazetteer, level: str, ancestor: str, day: str) -> set[str]:
    """Areas of a level that stand on the day, right or two steps under the ancestor."""
    parents = {line.area: line.parent for line in gazetteer.placements if stands(line, day)}
    standing = {area.key for area in gazetteer.areas if area.level == level and stands(area, day)}
    ancestors = {key: (parents.get(key), parents.get(parents.get(key, ""))) for key in standing}
    return {key for key in standing if ancestor in ancestors[key]}


def area_counts(gazetteer: Gazetteer) -> dict[str, int]:
    """How many areas of a level stand in an ancestor on a day, as AREA_COUNTS asks."""
    return {" ".join(asked): len(areas_in(gazetteer, *asked)) for asked in AREA_COUNTS}


def reform_counts(gazetteer: Gazetteer) -> dict[str, int]:
    """The communes of 2025-07-01 by kind and by the province they come from."""
    communes = areas_in(gazetteer, "commune", NEW_TUYEN_QUANG, REFORM)
    kinds = Counter(line.kind for line in gazetteer.names if line.area in communes)
    sources: dict[str, set[str]] = {key: set() for key in communes}
    for line in gazetteer.successions:
        sources.setdefault(line.successor, set()).add(line.predecessor)
    origins = [sources[key] or {key} for key in communes]
    tuyen_quang = areas_in(gazetteer, "commune", OLD_TUYEN_QUANG, "2025-06-30")
    ha_giang = areas_in(gazetteer, "commune", OLD_HA_GIANG, "2025-06-30")
    return {
        "of these xã": kinds["xã"],
        "of these phường": kinds["phường"],
        "of these from old Tuyên Quang": sum(came <= tuyen_quang for came in origins),
        "of these from Hà Giang": sum(came <= ha_giang for came in origins),
        "of these unchanged by the reform": sum(not sources[key] for key in communes),
    }


def rules(gazetteer: Gazetteer) -> Iterator[tuple[str, bool]]:
    """What must hold beside the counts, each with whether it does."""
    below = [area for area in gazetteer.areas if area.level != "province"]
    ended = {area.key for area in gazetteer.areas if area.valid_to}
    districts = {area.key for area in gazetteer.areas if area.level == "district"}
    begun = {area.key for area in gazetteer.areas if area.valid_from != START}
    predecessors = Counter(line.predecessor for line in gazetteer.successions)
    successors = {line.successor for line in gazetteer.successions}
    yield "keys are unique", len({area.key for area in gazetteer.areas}) == len(gazetteer.areas)
    yield "every area has one name on every day", fills(gazetteer.areas, gazetteer.names)
    yield "every area has one parent on every day", fills(below, gazetteer.placements)
    yield "every ended area has a successor", ended - districts <= predecessors.keys()
    yield "no district has a successor", not districts & predecessors.keys()
    yield "every begun area has a predecessor", begun <= successors
    yield (
        "five communes were split",
        {key for key, count in predecessors.items() if count > 1} == SPLIT_COMMUNES,
    )
    yield (
        "Phú Thịnh is 02482",
        ("Phú Thịnh", "02482") in {(line.name, line.code) for line in gazetteer.names},
    )


def fills(areas: Sequence[Area], lines: Sequence[Name | Placement]) -> bool:
    """Whether the lines of each area follow each other without gap over all its validity."""
    ends: dict[str, str] = {area.key: area.valid_from for area in areas}
    for line in sorted(lines, key=lambda line: line.valid_from):
        if ends.get(line.area) != line.valid_from:
            return False
        ends[line.area] = line.valid_to
    return ends == {area.key: area.valid_to for area in areas}


def check(gazetteer: Gazetteer) -> None:
    """Print the counts; end with a message when one is off or a rule is broken."""
    expected = {" ".join(asked): count for asked, count in AREA_COUNTS.items()} | REFORM_COUNTS
    found = area_counts(gazetteer) | reform_counts(gazetteer)
    for words, count in found.items():
        print(f"{count:4} {words}")
    faults = [
        f"{words}: {found.get(words)} instead of {count}"
        for words, count in expected.items()
        if found.get(words) != count
    ]
    faults += [f"broken: {rule}" for rule, holds in rules(gazetteer) if not holds]
    if faults:
        raise SystemExit("\n".join(faults))


def write(gazetteer: Gazetteer, folder: Path) -> None:
    """Write the four files, provinces first, then districts, then communes, by code and day."""
    for name, lines in vars(gazetteer).items():
        rows = sorted(lines, key=lambda line: (len(line[0]), line))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(rows[0]._fields)
            writer.writerows(rows)
        print(f"{len(rows):4} lines in {name}.csv")


def main() -> None:
    """Read, make, check, write."""
    parser = argparse.ArgumentParser(description="Makes the gazetteer's four CSV files.")
    parser.add_argument("--wheel", type=Path, help="the package's wheel, when it is not installed")
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder to write to")
    options = parser.parse_args()
    gazetteer = make_gazetteer(read_source(options.wheel))
    check(gazetteer)
    write(gazetteer, options.into)


if __name__ == "__main__":
    main()
