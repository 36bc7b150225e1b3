"""The layers modules are named by, and the modules that are named otherwise, each with why."""

LAYERS = (
    "models",
    "vocabulary",
    "rules",
    "forms",
    "fields",
    "operations",
    "queries",
    "views",
    "jobs",
    "commands",
    "spreadsheet",
)
# Mechanisms and tools: their modules are named after what they do.
WITHOUT_LAYERS = ("backup", "database", "demo", "files", "site", "spreadsheets", "web")
# The modules of subjects that are named otherwise: the layer whose contract binds them, and why.
# "pure" knows neither request nor database; "free" stands between the two on purpose.
NAMED_BY_SUBJECT = {
    "accounts.blueprint": ("views", "all pages of accounts stand on it"),
    "accounts.credentials.one_time_codes": ("pure", "making and comparing codes: text, no record"),
    "accounts.credentials.passwords": ("pure", "hashing and comparing: text, no record"),
    "accounts.credentials.session_keys": ("pure", "the keys cookies hold: text, no record"),
    "accounts.device_names": ("pure", "a browser's own name, said in words"),
    "accounts.role_scopes": ("queries", "a source of rights, registered with permissions"),
    "accounts.sign_in.device_cookie": ("views", "the lasting key of a browser, read and written"),
    "accounts.sign_in.session_cookie": ("free", "what Flask-Login asks for on each request"),
    "accounts.sign_in.throttling": (
        "queries",
        "how often somebody may try: a rule with its own memory",
    ),
    "accounts.slips": ("views", "a document on paper, drawn from a template"),
    "accounts.user_names": ("pure", "how user names are written: text, no record"),
    "activities.attendance_hooks": ("queries", "what the domain of teams asks of sessions"),
    "activities.blueprint": ("views", "all pages of sessions stand on it"),
    "activities.content": (
        "queries",
        "what a session says: told by forms, kept in rows, put on record",
    ),
    "activities.doubts": ("queries", "which figures may be mistaken, as conditions and questions"),
    "activities.list_rows": ("queries", "rows of a list that has been asked for already"),
    "activities.spreadsheet_rows": ("queries", "rows of a file: no more than its columns"),
    "areas.allocation": (
        "queries",
        "where figures of a vanished area are shown: pure, over the tree",
    ),
    "areas.kind_words": ("pure", "the words and abbreviations for kinds of areas"),
    "areas.known_names": ("pure", "which of some areas a written name means: pure, over text"),
    "areas.naming": ("pure", "how names of areas are read: pure, over text"),
    "areas.places": ("queries", "the place a list is about, and what counts as under it"),
    "areas.subtrees": ("queries", "how far a right reaches, in SQL over the tree"),
    "areas.tree_paths": ("pure", "the closure of the tree: pure, over placements"),
    "areas.villages.household_rows": ("pure", "what a number of households writes: pure"),
    "areas.villages.objections": (
        "queries",
        "where other domains say what keeps a village from ending",
    ),
    "audit.blueprint": ("views", "all pages of the trail stand on it"),
    "audit.words": ("queries", "what the trail calls records and fields"),
    "bulk.actions": ("queries", "the shape of a bulk action, which domains fill"),
    "bulk.choosing": (
        "free",
        "which rows of a list the address means, and what is told afterwards",
    ),
    "checks.catalogue": ("queries", "the one list of what is checked"),
    "checks.conditions": ("queries", "the SQL conditions of checks, each a few lines"),
    "checks.context": ("queries", "what a check is told: scope, day, map, sizes"),
    "checks.counting": ("queries", "all counts of checks in one question"),
    "checks.for_visitor": ("views", "what the visitor's pages ask the checks"),
    "checks.listings": ("queries", "the kinds of records that checks find"),
    "coverage.links": ("views", "from a figure to the list behind it"),
    "coverage.measures": ("queries", "the one list of measures"),
    "coverage.statement": ("queries", "the one statement that counts every measure"),
    "coverage.questions": ("queries", "from what was asked to a full question"),
    "duplicates.blueprint": ("views", "all pages of duplicates stand on it"),
    "duplicates.matching": ("queries", "which persons may be one: pure, over what was read"),
    "duplicates.pairs": ("queries", "two persons side by side: a value of its own"),
    "home.frame": ("views", "what the frame of every page says"),
    "imports.applying": ("queries", "the whole way of a file into the records, in one transaction"),
    "imports.blueprint": ("views", "all pages of imports stand on it"),
    "imports.checking": ("pure", "the whole check of a file: pure, over its rows"),
    "imports.headings": ("pure", "which heading means which field: pure, over text"),
    "imports.kinds.catalogue": ("queries", "the one list of kinds of files"),
    "imports.kinds.households.matching": (
        "queries",
        "what the rows of a file mean, beside what is on file",
    ),
    "imports.kinds.members.leaders": (
        "pure",
        "one leader at a time, over file and records together",
    ),
    "imports.kinds.members.matching": (
        "queries",
        "what the rows of a file mean, beside what is on file",
    ),
    "imports.kinds.members.memberships_on_file": (
        "queries",
        "what is on file, read once for all rows",
    ),
    "imports.kinds.members.repeated_rows": ("pure", "who stands in a file twice"),
    "imports.kinds.members.writes": ("queries", "what rows of a file write"),
    "imports.kinds.teams.matching": (
        "queries",
        "what the rows of a file mean, beside what is on file",
    ),
    "imports.kinds.teams.writes": ("queries", "what rows of a file write"),
    "imports.kinds.villages.matching": (
        "queries",
        "what the rows of a file mean, beside what is on file",
    ),
    "imports.kinds.villages.writes": ("queries", "what rows of a file write"),
    "imports.rows.area_matching": ("queries", "which area a row means, by code or name"),
    "imports.rows.area_notes": ("pure", "what is said of a cell that names an area"),
    "imports.rows.carried_down": ("queries", "what a cell takes from the rows above it"),
    "imports.rows.cells": ("forms", "what a cell means: pure, over text"),
    "imports.rows.day_cells": ("forms", "what a cell for a day means: pure, over text"),
    "imports.rows.encodings": ("queries", "cells in a code of before Unicode"),
    "imports.rows.name_cells": ("forms", "what a cell for a name means: pure, over text"),
    "imports.rows.phone_cells": ("forms", "what a cell for a phone means: pure, over text"),
    "imports.rows.places_on_map": ("queries", "the areas on the map, read once for all rows"),
    "imports.rows.questions": ("queries", "what a file is asked as a whole"),
    "imports.rows.results": ("queries", "what was found of a row: a value of its own"),
    "imports.rows.teams_on_file": ("queries", "what is on file, read once for all rows"),
    "imports.rows.write_plan": ("queries", "what a file will write, put together before the lock"),
    "imports.sheets": ("queries", "which sheets and columns of a file are taken"),
    "indicators.catalogue": ("pure", "the indicators an installation begins with"),
    "indicators.names": ("queries", "what indicators are called in each language"),
    "jobs.heartbeat": ("queries", "the thread that says a worker lives"),
    "jobs.kinds": ("queries", "the one list of kinds of jobs"),
    "jobs.queue": ("free", "where huey keeps what waits"),
    "jobs.worker": ("queries", "doing one job, in a process of its own"),
    "permissions.guards": ("views", "what every view says of who may enter"),
    "permissions.scope": ("queries", "where a user may do something: a value of its own"),
    "search.ranking": ("pure", "which name is nearest: pure, over text"),
    "teams.activity_hooks": ("queries", "what teams ask of the domain above, which answers"),
    "teams.blueprint": ("views", "all pages of teams stand on it"),
    "teams.decisions.choosing": ("views", "the decision a page is about: on file, or new"),
    "teams.history": ("queries", "the names behind ids, for the trail"),
    "teams.identity": ("pure", "which entries may mean one person: pure, over what they say"),
    "teams.leading": ("pure", "one leader at a time: pure, over intervals"),
    "teams.lifecycle.roster": (
        "queries",
        "the present members as a decision lists them, and their rules",
    ),
    "teams.locking": ("queries", "in which order records are locked"),
    "teams.members.changes": ("queries", "what operations on memberships are made of"),
    "teams.members.person_merge": ("queries", "memberships of one person, joined into one line"),
    "teams.members.spreadsheet_rows": ("queries", "rows of a file: no more than its columns"),
    "teams.ownership": ("pure", "who keeps a person's data: pure, over memberships"),
    "teams.rights": ("queries", "a source of rights, registered with permissions"),
    "teams.search": ("queries", "teams and persons by what was typed, as conditions"),
    "teams.timeline.members": ("pure", "what the timeline tells of members"),
    "teams.timeline.records": ("queries", "what the timeline is told from, read at once"),
    "teams.timeline.team": ("pure", "the timeline itself: pure, over what was read"),
    "undo.affected": ("queries", "which rows a statement is about to change"),
    "undo.notes": ("queries", "the listener that notes what is written, to be undone"),
    "undo.offering": ("views", "the link that offers to undo, beside what was done"),
    "undo.rows": ("queries", "rows of any table, kept as JSON and put back"),
}


def layer_named(module: str) -> str:
    """The layer whose contract binds a module of the package; empty where none does."""
    name = module.removeprefix("tcns.")
    if name in NAMED_BY_SUBJECT:
        return NAMED_BY_SUBJECT[name][0]
    if name.partition(".")[0] in WITHOUT_LAYERS or "." not in name:
        return ""
    room, _, own = name.rpartition(".")
    layer = "views" if room.endswith(".views") else own.rpartition("_")[2]
    return layer if layer in LAYERS else ""
