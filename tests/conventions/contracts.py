"""Contracts for import-linter that know layers by the last word of a module's name."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.contracts.layers import LayersContract

from tests.conventions.rooms import layer_named


class LayerContract(Contract):
    """Modules of some layers import none of some modules, nor what lies below these."""

    type_name = "layer"

    layers = fields.SetField(subfield=fields.StringField())
    forbidden_modules = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at what each bound module imports itself."""
        forbidden = tuple(sorted(self.forbidden_modules))  # type: ignore[call-overload]
        bound = [name for name in sorted(graph.modules) if layer_named(name) in self.layers]  # type: ignore[operator]
        broken = [
            (module, imported)
            for module in bound
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if is_below(imported, forbidden)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which module imports what it must not know."""
        for module, imported in check.metadata["broken"]:
            output.print_error(
                f"{module} is a {layer_named(module)}: it must not import {imported}"
            )


class SubjectsContract(LayersContract):
    """Subjects stand in their order; some layers may lead anywhere."""

    type_name = "subjects"

    free_layers = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at the order without what the free layers import."""
        for module in sorted(graph.modules):
            if layer_named(module) in self.free_layers:  # type: ignore[operator]
                for imported in graph.find_modules_directly_imported_by(module):
                    graph.remove_import(importer=module, imported=imported)
        return super().check(graph, verbose)


def is_below(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of some packages, or lies in one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)
