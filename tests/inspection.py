"""What must hold of every answer and every page, whatever test fetched it."""

import re
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from itertools import zip_longest
from xml.etree.ElementTree import Element

from turbohtml import TokenType, conformance, tokenize
from turbohtml import parse as parse_document
from turbohtml.etree import document_fromstring
from werkzeug.test import TestResponse

# Written out, not imported: a header that goes missing in the application is missed here.
# What a file that people handed in may do: nothing.
SANDBOX = "default-src 'none'; sandbox"
HEADERS: dict[str, str | None] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
# What is open to everybody alone may be kept by caches and read by pages of other sites.
OPEN = re.compile(r"/open(?:[/?].*)?")
SHARED = {
    "Cache-Control": "public, max-age=600",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
SECRETS = re.compile(rb'value="[\w.-]{40,}"')
sound_pages: set[bytes] = set()
LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "source": "src",
    "use": "href",
    "image": "href",
    "iframe": "src",
    "object": "data",
    "embed": "src",
    "video": "src",
    "audio": "src",
}
# The elements that HTML ends where they begin (HTML Standard, 13.1.2).
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
UNLABELLED = ("hidden", "submit", "button", "image", "reset")
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


def inspect_headers(url: str, response: TestResponse) -> None:
    """Every answer closes what browsers leave open; what is not static is never kept."""
    is_shared = response.headers.get("Cache-Control", "").startswith("public") and (
        "static/" not in url
    )
    expected = HEADERS
    if is_shared:
        assert OPEN.match(url), f"{url} is shared with everybody"
        expected = HEADERS | SHARED
        assert "Set-Cookie" not in response.headers, f"{url} gives everybody one visitor's cookie"
        assert "cookie" not in response.headers.get("Vary", "").lower(), f"{url} varies by cookie"
        if url.startswith("/open/embed?"):
            policy = HEADERS["Content-Security-Policy"].replace("ancestors 'none'", "ancestors *")
            expected |= {"Content-Security-Policy": policy, "X-Frame-Options": None}
    for name, value in expected.items():
        found = response.headers.get(name)
        if found == SANDBOX:
            assert response.mimetype in ("image/jpeg", "application/pdf"), f"{url} is in a sandbox"
            continue
        assert found == value, f"{url}: header {name} is {found!r}, not {value!r}"
    if is_shared:
        return
    if "static/" not in url or response.status_code >= HTTPStatus.BAD_REQUEST:
        assert response.headers.get("Cache-Control") == "no-store", f"{url} may be kept in caches"
        assert "cookie" in response.headers.get("Vary", "").lower(), (
            f"{url} does not vary by cookie"
        )
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "Secure" in cookie, f"{url}: a cookie travels without TLS: {cookie}"
        assert "SameSite=" in cookie, f"{url}: a cookie without SameSite: {cookie}"


def inspect_page(url: str, body: bytes) -> None:
    """Raise with everything that is wrong with the page, if anything is.

    Tokens and keys alone differ between two visits of many a page: what was found sound once is
    not looked at again.
    """
    seen = SECRETS.sub(b"", body)
    if seen not in sound_pages:
        faults = page_faults(body)
        assert not faults, f"{url} is not sound:\n  " + "\n  ".join(faults)
        sound_pages.add(seen)


def page_faults(body: bytes) -> tuple[str, ...]:
    """What is wrong with a page, in words."""
    source = body.decode()
    if errors := syntax_errors(source):
        return errors
    tree = parse(body)
    rules = (one_title_and_heading, ids, labels, choices, assets, inline, forms, names)
    return *conformance_errors(source), *(fault for rule in rules for fault in rule(tree))


def syntax_errors(source: str) -> tuple[str, ...]:
    """Where a page is not written as HTML is: characters astray, tags unclosed or misplaced."""
    if not source.startswith("<!doctype html>"):
        return ("the page does not begin with <!doctype html>",)
    errors = tuple(
        in_source(source, error.line, error.code) for error in parse_document(source).errors
    )
    return errors or tuple(misplaced(source))


def misplaced(source: str) -> Iterator[str]:
    """The first tag or word that a browser does not read where it is written, if there is one.

    Browsers mend what is wrong: they close, move, add and leave out elements. In a page without
    such a fault each tag and word that is written is read, in the same order, and no other.
    """
    read = read_parts(parse(source.encode()))
    for (line, written), found in zip_longest(written_parts(source), read, fillvalue=(0, "")):
        if written != found:
            yield in_source(source, line, f"{written} is written where {found} is read")
            return


def written_parts(source: str) -> Iterator[tuple[int, str]]:
    """Each tag and word, with its line; elements that need no end tag end at once."""
    for token in tokenize(source, capture_attributes=False):
        if token.type is TokenType.START_TAG:
            yield token.line, f"<{token.tag}>"
            if token.self_closing or token.tag in VOID:
                yield token.line, f"</{token.tag}>"
        elif token.type is TokenType.END_TAG:
            yield token.line, f"</{token.tag}>"
        elif token.type is TokenType.TEXT:
            yield from ((token.line, word) for word in (token.data or "").split())


def read_parts(element: Element) -> Iterator[str]:
    """The tags and words that an element is read as."""
    name = element.tag.lower()
    yield f"<{name}>"
    yield from (element.text or "").split()
    for child in element:
        yield from read_parts(child)
        yield from (child.tail or "").split()
    yield f"</{name}>"


def conformance_errors(source: str) -> tuple[str, ...]:
    """Where a page uses elements and attributes as they are not meant, roles of ARIA included."""
    errors = conformance.check_html(source).errors
    return tuple(in_source(source, error.line, error.message) for error in errors)


def in_source(source: str, line: int, fault: str) -> str:
    """A fault, with the line of the page it is in."""
    lines = source.splitlines()
    return f"line {line}: {fault}: {lines[min(line, len(lines)) - 1].strip()[:160]}"


def parse(body: bytes) -> Element:
    """The page's tree, as browsers read it."""
    tree: Element = document_fromstring(body.decode())
    return tree


def text_of(element: Element) -> str:
    """All text in the element, single-spaced."""
    return " ".join("".join(element.itertext()).split())


def one_title_and_heading(tree: Element) -> Iterator[str]:
    """A title, one h1 and one main part, and a language."""
    titles = [text_of(title) for title in tree.iter("title") if title not in _in_svg(tree)]
    if len(titles) != 1 or not titles[0]:
        yield f"<title> must be there once and say something: {titles}"
    headings = [text_of(heading) for heading in tree.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"there must be exactly one h1 that says something: {headings}"
    if len(list(tree.iter("main"))) != 1:
        yield "there must be exactly one <main>"
    if tree.get("lang") not in ("vi", "en"):
        yield f"<html lang> is {tree.get('lang')!r}"


def _in_svg(tree: Element) -> set[Element]:
    return {inner for svg in tree.iter() if svg.tag == "svg" for inner in svg.iter()}


def ids(tree: Element) -> Iterator[str]:
    """An id stands once, and what refers to one finds it."""
    counted = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    yield from (
        f"the id {one!r} stands {count} times" for one, count in counted.items() if count > 1
    )
    for element in tree.iter():
        for attribute in REFERRING:
            for one in element.get(attribute, "").split():
                if one not in counted:
                    yield f"<{element.tag} {attribute}={one!r}> refers to no id of the page"
        href = element.get("href", "")
        if element.tag == "a" and href.startswith("#") and href[1:] not in counted:
            yield f"the link {href!r} leads nowhere"


def labels(tree: Element) -> Iterator[str]:
    """Every field that people fill has a label."""
    labelled = {label.get("for") for label in tree.iter("label")}
    inside = {control for label in tree.iter("label") for control in label.iter()}
    for control in tree.iter():
        if control.tag not in ("input", "select", "textarea"):
            continue
        if control.tag == "input" and control.get("type", "text") in UNLABELLED:
            continue
        named = control.get("aria-label") or control.get("aria-labelledby")
        if not named and control not in inside and control.get("id") not in labelled - {None}:
            yield f"the field {control.get('name')!r} has no label"


def choices(tree: Element) -> Iterator[str]:
    """A list to choose from holds nothing else: browsers of some years ago leave it out."""
    for select in tree.iter("select"):
        astray = {inner.tag for inner in select.iter()} - {"select", "option", "optgroup"}
        if astray:
            yield f"the list {select.get('name')!r} holds {sorted(astray)}"


def assets(tree: Element) -> Iterator[str]:
    """Whatever a page loads lies on this site."""
    for element in tree.iter():
        attribute = LOADING.get(element.tag)
        source = element.get(attribute) if attribute else None
        own = source is None or source.startswith(("/", "#", "data:"))
        if not own or (source or "").startswith("//"):
            yield f"<{element.tag}> loads {source!r} from elsewhere"


def inline(tree: Element) -> Iterator[str]:
    """No style and no script in the page itself: the policy would block them."""
    for element in tree.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"there is an inline <{element.tag}>"
        for attribute in element.keys():
            if attribute == "style" or attribute.startswith("on"):
                yield f"<{element.tag}> has an inline {attribute}="
        if element.get("href", "").startswith("javascript:"):
            yield "a link runs a script"


def forms(tree: Element) -> Iterator[str]:
    """A form says how it is sent; one that writes carries a token, one that reads does not."""
    for form in tree.iter("form"):
        method = form.get("method", "").lower()
        where = form.get("action", "this page")
        tokens = [c for c in form.iter("input") if c.get("name") == "csrf_token" and c.get("value")]
        if method not in ("get", "post"):
            yield f"the form to {where} has the method {method!r}"
        if method == "post" and len(tokens) != 1:
            yield f"the form to {where} has {len(tokens)} CSRF tokens"
        if method == "get" and tokens:
            yield f"the form to {where} shows its token in the address"


def names(tree: Element) -> Iterator[str]:
    """Links, buttons and pictures say what they are."""
    for element in tree.iter():
        kind = element.tag
        if kind == "img" and element.get("alt") is None:
            yield f"the picture {element.get('src')!r} has no alt"
        if kind not in ("a", "button") or element.get("aria-label"):
            continue
        if not text_of(element) and not any(inner.get("alt") for inner in element.iter("img")):
            yield f"a <{kind}> says nothing: {dict(element.items())}"
