"""Which passwords are refused."""

import string
from importlib import import_module

import pytest
from flask import Flask
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tcns.accounts.credentials.password_rules import (
    MEMBER_LENGTH,
    ROLE_LENGTH,
    check_password,
    common_passwords,
    is_common,
    is_guessable,
)
from tcns.errors import RuleViolation
from tests.conventions.routes import bare_app

WORDS = ("xa.02335", "02335", "Ma Văn Đức", "Tuyên Quang", "Hòa Phú")
UNRELATED = "bốn con vịt bơi qua suối"


@pytest.fixture(scope="module")
def bare() -> Flask:
    """The application without a database: messages need its languages."""
    return bare_app()


def is_accepted(app: Flask, password: str, *, shortest: int = MEMBER_LENGTH) -> bool:
    with app.app_context():
        try:
            check_password(password, shortest=shortest, words=WORDS)
        except RuleViolation as broken:
            assert broken.field == "password"
            return False
    return True


@pytest.mark.parametrize("shortest", [MEMBER_LENGTH, ROLE_LENGTH])
def test_roles_need_15_characters_and_members_8(bare: Flask, shortest: int) -> None:
    assert (MEMBER_LENGTH, ROLE_LENGTH) == (8, 15)
    assert is_accepted(bare, "vịt bơi qua suối"[:shortest], shortest=shortest)
    assert not is_accepted(bare, "vịt bơi qua suối"[: shortest - 1], shortest=shortest)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_long_and_not_easily_guessed_is_accepted(password: str) -> None:
    """No kind of character is asked for, none is forbidden."""
    easily_guessed = is_common(password) or is_guessable(password, WORDS)
    assert is_accepted(BARE, password) is (len(password) >= MEMBER_LENGTH and not easily_guessed)


BARE = bare_app()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(string.ascii_letters + "ắềộưđ🌾"), min_size=20, max_size=60))
def test_random_characters_are_not_easily_guessed(characters: list[str]) -> None:
    password = "".join(characters)
    assume(len(set(password)) > 8)
    assert is_accepted(BARE, password, shortest=ROLE_LENGTH)


def test_the_common_passwords_are_refused(bare: Flask) -> None:
    listed = import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS["passwords"]
    long_enough = [password for password in listed if len(password) >= MEMBER_LENGTH]
    assert len(long_enough) >= 3000
    assert not [password for password in long_enough if is_accepted(bare, password)]


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PassWord1!",
        "matkhau123",
        "Mật Khẩu 2026",
        "anhyêuem",
        "sunshine99",
        "12345678",
        "aaaaaaaaaaaa",
        "        ",
        "abcabcabcabc",
        "qwertyuiop12345",
        "98765432109876543",
    ],
)
def test_what_everybody_tries_is_refused(bare: Flask, password: str) -> None:
    assert not is_accepted(bare, password)


@pytest.mark.parametrize(
    "password",
    [
        "TuyênQuang2026",
        "tuyen quang 2026",
        "chuyendoiso",
        "Chuyển Đổi Số 2025!",
        "congnghe2024",
        "Tổ công nghệ số Hòa Phú",
        "xa.02335-02335",
        "hoaphu02335",
        "mavanduc1990",
        "Đức Ma Văn 1234",
        "19902000",
    ],
)
def test_words_anybody_here_would_try_are_refused(bare: Flask, password: str) -> None:
    assert not is_accepted(bare, password)


@pytest.mark.parametrize(
    "password",
    [
        UNRELATED,
        "con trâu Hòa Phú ăn lá chuối 2026",
        "Tuyên Quang có bảy cây cầu treo",
        "thang-xanh-lua-nep",
        "9$kQ!tz7",
        "73918264",
    ],
)
def test_such_a_word_among_others_does_no_harm(bare: Flask, password: str) -> None:
    assert is_accepted(bare, password)


def test_the_message_says_how_many_characters_are_needed(bare: Flask) -> None:
    with bare.app_context(), pytest.raises(RuleViolation, match="15"):
        check_password("short", shortest=ROLE_LENGTH)


def test_a_password_over_one_kilobyte_is_refused(bare: Flask) -> None:
    assert not is_accepted(bare, UNRELATED * 100)
    assert is_accepted(bare, UNRELATED * 5)


def test_the_list_is_loaded_when_first_asked_for_and_only_then() -> None:
    common_passwords.cache_clear()
    assert not is_common("bơi")
    assert common_passwords.cache_info().misses == 1
    assert not is_common("suối")
    assert common_passwords.cache_info().misses == 1
