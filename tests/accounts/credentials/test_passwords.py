"""How passwords are kept and compared."""

import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tcns.accounts.credentials import passwords

TYPED = st.text(min_size=1, max_size=200)


def test_a_password_is_kept_as_argon2id_with_at_least_19_mebibytes() -> None:
    kept = passwords.hash_password("mười lăm ký tự trở lên")
    parameters = extract_parameters(kept)
    assert kept.startswith("$argon2id$")
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2


@settings(max_examples=15, deadline=None)
@given(TYPED)
@example("🌾" * 64)
@example("mật khẩu có dấu")
@example("\ud800 half a character")
@example("with a\x00 zero")
def test_a_password_opens_what_it_closed_and_no_other_does(password: str) -> None:
    kept = passwords.hash_password(password)
    assert passwords.matches(kept, password)
    assert not passwords.matches(kept, password[:-1])
    assert not passwords.matches(kept, password + "x")


@settings(max_examples=10, deadline=None)
@given(TYPED)
@example("đường về Tuyên Quang")
def test_the_keyboard_that_composes_letters_differently_opens_as_well(password: str) -> None:
    kept = passwords.hash_password(unicodedata.normalize("NFC", password))
    assert passwords.matches(kept, unicodedata.normalize("NFD", password))


def test_nothing_is_cut_off_at_the_end() -> None:
    longest = "a" * passwords.LONGEST_BYTES
    assert not passwords.matches(passwords.hash_password(longest), "a" * (len(longest) - 1) + "b")


def test_a_password_over_one_kilobyte_is_refused_before_it_is_hashed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = []
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda _self, kept, typed: compared.append((kept, typed))
    )
    too_long = "ế" * 400
    assert not passwords.matches("kept", too_long)
    assert compared == [(passwords.NOBODYS_HASH, b"")]
    with pytest.raises(ValueError, match="before it is hashed"):
        passwords.hash_password(too_long)


def test_without_an_account_a_password_is_compared_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The time an answer takes must not tell whether the account exists."""
    compared = []
    monkeypatch.setattr(PasswordHasher, "verify", lambda _self, kept, typed: compared.append(kept))
    assert not passwords.matches(None, "whatever")
    assert compared == [passwords.NOBODYS_HASH]


def test_the_hash_nobody_has_costs_what_every_other_costs() -> None:
    assert not passwords.needs_rehash(passwords.NOBODYS_HASH)


def test_a_hash_made_with_weaker_parameters_is_to_be_made_again() -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(b"x")
    assert passwords.needs_rehash(weaker)
    assert passwords.matches(weaker, "x")


def test_a_hash_that_is_none_opens_nothing() -> None:
    assert not passwords.matches("scrypt:32768:8:1$salt$hash", "x")
