"""One-time codes."""

from hypothesis import given
from hypothesis import strategies as st

from tcns.accounts.credentials.one_time_codes import ALPHABET, code_digest, derive_code, is_same

SECRET = "the site's secret key"


@given(st.text(max_size=50), st.integers(1, 10**6))
def test_a_code_is_two_groups_of_five_without_mistakable_characters(key: str, user: int) -> None:
    code = derive_code(SECRET, user, key)
    first, _hyphen, second = code.partition("-")
    assert len(first) == len(second) == 5
    assert set(first + second) <= set(ALPHABET)
    assert not set("01IO") & set(ALPHABET)


def test_a_code_has_at_least_fifty_bits() -> None:
    assert len(ALPHABET) ** 10 >= 2**50
    places = list(zip(*(derive_code(SECRET, 1, str(n)) for n in range(2000)), strict=True))
    used = {place: len(set(characters)) for place, characters in enumerate(places)}
    assert all(used[place] == len(ALPHABET) for place in used if place != 5)


def test_the_same_form_gives_the_same_code_and_any_other_another() -> None:
    code = derive_code(SECRET, 1, "key")
    assert derive_code(SECRET, 1, "key") == code
    others = (("other", 1, "key"), (SECRET, 2, "key"), (SECRET, 1, "other key"))
    assert all(derive_code(*other) != code for other in others)


def test_a_code_is_understood_as_people_type_it() -> None:
    kept = code_digest(SECRET, 1, "ABCDE-23456")
    for typed in ("abcde23456", " abcde 23456 ", "ABCDE–23456", "ab-cd-e2-34-56"):
        assert is_same(kept, code_digest(SECRET, 1, typed))
    assert not is_same(kept, code_digest(SECRET, 1, "ABCDE-23457"))


def test_what_is_kept_of_a_code_serves_one_account_of_one_site() -> None:
    kept = code_digest(SECRET, 1, "ABCDE-23456")
    assert "ABCDE" not in kept
    assert not is_same(kept, code_digest(SECRET, 2, "ABCDE-23456"))
    assert not is_same(kept, code_digest("other", 1, "ABCDE-23456"))
    assert not is_same(None, kept)
