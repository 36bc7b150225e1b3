"""The contracts of setup.cfg catch what they forbid: one planted import for each kind of fault.

The graph holds every module of the package and not one import but the planted.
"""

from functools import cache
from typing import Any

import pytest
from grimp import ImportGraph
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import Contract

from tests.conventions.contracts import LayerContract, SubjectsContract
from tests.conventions.rooms import LAYERS, NAMED_BY_SUBJECT, layer_named
from tests.conventions.sources import ROOT, dotted, modules

KINDS: dict[str, type[Contract]] = {
    kind.type_name: kind
    for kind in (LayerContract, SubjectsContract, LayersContract, ForbiddenContract)
}
OUTSIDE = ("flask", "flask_login", "flask_sqlalchemy", "sqlalchemy", "wtforms")
# Who must not import what, by the contract that says so; every module that stands here exists.
FAULTS = {
    "views": [
        ("teams.members.views", "sqlalchemy"),
        ("teams.members.list_views", "sqlalchemy"),
        ("accounts.views.roles", "sqlalchemy"),
        ("teams.blueprint", "sqlalchemy"),
    ],
    "forms": [
        ("teams.members.forms", "sqlalchemy"),
        ("teams.fields", "flask_sqlalchemy"),
        ("imports.rows.cells", "tcns.database"),
        ("activities.entry.forms", "tcns.database.id_lists"),
    ],
    "request": [
        ("teams.models", "flask"),
        ("teams.vocabulary", "wtforms"),
        ("teams.members.rules", "tcns.web.fields"),
        ("areas.tree_queries", "flask_login"),
        ("teams.members.person_operations", "tcns.web"),
        ("teams.spreadsheet", "flask"),
        ("teams.locking", "flask"),
        ("accounts.user_names", "flask"),
    ],
    "pure": [
        ("accounts.vocabulary", "tcns.database"),
        ("areas.tree_paths", "sqlalchemy"),
        ("search.ranking", "flask_sqlalchemy"),
    ],
    "charts": [
        ("charts.lines", "flask"),
        ("charts.maps", "tcns.areas.queries"),
        ("charts.slides", "sqlalchemy"),
    ],
    "subjects": [
        ("areas.queries", "tcns.teams.models"),
        ("permissions.scope", "tcns.accounts.models"),
        ("errors", "tcns.database"),
        ("teams.queries", "tcns.indicators.models"),
    ],
    "teams": [("teams.members.operations", "tcns.teams.lifecycle.roster")],
    "lifecycle": [("teams.lifecycle.merge.operations", "tcns.teams.lifecycle.reform.operations")],
    "imports": [("imports.rows.cells", "tcns.imports.kinds.members.fields")],
    "accounts": [("accounts.credentials.passwords", "tcns.accounts.models")],
}


@cache
def declared() -> dict[str, dict[str, Any]]:
    """What setup.cfg says of each contract, by its last word there."""
    configure()
    options = read_user_options(str(ROOT / "setup.cfg"))
    return {each["id"]: each for each in options.contracts_options}


def graph_with(importer: str, imported: str) -> ImportGraph:
    graph = ImportGraph()
    for path in modules():
        graph.add_module(dotted(path))
    for package in OUTSIDE:
        graph.add_module(package, is_squashed=True)
    assert {importer, imported} <= graph.modules
    graph.add_import(importer=importer, imported=imported)
    return graph


def is_kept(contract_id: str, importer: str, imported: str) -> bool:
    """Whether a contract finds nothing wrong with one import."""
    options = declared()[contract_id]
    contract = KINDS[options["type"]](
        options["name"],
        {"root_packages": ["tcns"], "include_external_packages": True},
        contract_options=options,
    )
    return contract.check(graph_with(importer, imported), verbose=False).kept


@pytest.mark.parametrize(
    ("contract", "module", "imported"),
    [(contract, *fault) for contract, faults in FAULTS.items() for fault in faults],
)
def test_a_planted_import_is_caught(contract: str, module: str, imported: str) -> None:
    assert not is_kept(contract, f"tcns.{module}", imported)


@pytest.mark.parametrize(
    ("contract", "module", "imported"),
    [
        ("views", "teams.members.views", "tcns.teams.members.queries"),
        ("views", "teams.members.queries", "sqlalchemy"),
        ("forms", "teams.members.forms", "wtforms"),
        ("request", "teams.members.views", "flask"),
        ("request", "web.forms", "wtforms"),
        ("pure", "teams.vocabulary", "tcns.i18n"),
        ("subjects", "teams.queries", "tcns.areas.models"),
        ("subjects", "areas.views", "tcns.teams.queries"),
        ("charts", "charts.lines", "tcns.i18n"),
        ("lifecycle", "teams.lifecycle.merge.operations", "tcns.teams.lifecycle.roster"),
    ],
)
def test_what_is_allowed_is_not_caught(contract: str, module: str, imported: str) -> None:
    assert is_kept(contract, f"tcns.{module}", imported)


def test_every_contract_is_tried() -> None:
    assert set(FAULTS) == set(declared())


def test_every_layer_a_contract_binds_is_one_that_modules_have() -> None:
    known = {*LAYERS, "pure"}
    bound = [each for each in declared().values() if each["type"] == "layer"]
    assert {layer for each in bound for layer in each["layers"]} <= known
    assert {layer for layer, _why in NAMED_BY_SUBJECT.values()} <= {*known, "free"}


def test_modules_named_otherwise_exist() -> None:
    there = {dotted(path).removeprefix("tcns.") for path in modules()}
    assert set(NAMED_BY_SUBJECT) <= there


@pytest.mark.parametrize(
    ("module", "layer"),
    [
        ("tcns.teams.members.person_operations", "operations"),
        ("tcns.accounts.views.roles", "views"),
        ("tcns.teams.locking", "queries"),
        ("tcns.web.forms", ""),
        ("tcns.clock", ""),
    ],
)
def test_a_module_is_bound_by_its_last_word_its_folder_or_the_list(module: str, layer: str) -> None:
    assert layer_named(module) == layer
