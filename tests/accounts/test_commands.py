"""flask accounts …"""

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.accounts.credentials import passwords
from tcns.accounts.credentials.one_time_codes import code_digest
from tcns.accounts.models import User
from tcns.clock import today
from tcns.database import db
from tcns.permissions.vocabulary import Role
from tests.accounts.conftest import PASSWORD
from tests.databases import SECRET_KEY, make_app
from tests.faults import FAULTS
from tests.world import World

CREATE = ["accounts", "create-administrator", "--user-name", "Chuyên.Trách", "--full-name", "Lý An"]


def account(app: Flask, user_name: str) -> User | None:
    with app.app_context():
        user = db.session.scalar(select(User).where(User.user_name == user_name))
        if user:
            assert user.assignments is not None
        return user


def test_an_administrator_is_created_with_a_password_asked_for_twice(
    app: Flask, world: World
) -> None:
    result = app.test_cli_runner().invoke(args=CREATE, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    user = account(app, "chuyen.trach")
    assert user is not None
    assert passwords.matches(user.password_hash, PASSWORD)
    granted = [(role.kind, role.area_id) for role in user.roles_on(today())]
    assert granted == [(Role.PROVINCE_ADMINISTRATOR, world.province.id)]


def test_what_is_missing_is_asked_for(app: Flask) -> None:
    typed = f"quantri\nLý An\n{PASSWORD}\n{PASSWORD}\n"
    result = app.test_cli_runner().invoke(args=CREATE[:2], input=typed)
    assert result.exit_code == 0, result.output
    assert account(app, "quantri")


def test_a_weak_password_creates_nobody(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=CREATE, input="sonthuy2026\nsonthuy2026\n")
    assert result.exit_code == 1
    assert "15" in result.output
    assert account(app, "chuyen.trach") is None


def test_with_code_a_one_time_code_is_printed_and_no_password_asked(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=[*CREATE, "--code"])
    assert result.exit_code == 0, result.output
    user = account(app, "chuyen.trach")
    assert user is not None
    printed = [word for word in result.output.split() if len(word) == 11 and word[5] == "-"]
    assert code_digest(SECRET_KEY, user.id, printed[0]) == user.code_hash
    assert user.password_hash is None


def test_without_a_province_it_says_what_to_do_first(empty_app: Flask) -> None:
    result = empty_app.test_cli_runner().invoke(args=CREATE[:2])
    assert result.exit_code == 1
    assert "flask areas load --province" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("typed", ["tinh", "0912345678"])
def test_a_user_name_that_will_not_do_is_told_before_more_is_asked(app: Flask, typed: str) -> None:
    result = app.test_cli_runner().invoke(args=CREATE[:2], input=f"{typed}\n")
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert "Full name" not in result.output


def test_a_code_is_issued_to_an_account_even_of_the_only_administrator(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["accounts", "issue-code", "tinh"])
    assert result.exit_code == 0, result.output
    user = account(app, "tinh")
    assert user is not None
    printed = [word for word in result.output.split() if len(word) == 11 and word[5] == "-"]
    assert code_digest(SECRET_KEY, user.id, printed[0]) == user.code_hash


def test_a_code_for_an_account_that_does_not_exist_is_refused(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["accounts", "issue-code", "nobody"])
    assert result.exit_code == 1
    assert "nobody" in result.output


@pytest.mark.parametrize("fault", ["locked", "read-only"])
def test_a_command_whose_database_cannot_do_it_now_ends_with_one_line(
    app: Flask, fault: str
) -> None:
    hasty = make_app(app.config["SQLALCHEMY_DATABASE_URI"], lock_wait_seconds=0)
    with FAULTS[fault](hasty):
        result = hasty.test_cli_runner().invoke(args=CREATE, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "database" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.output
    with hasty.app_context():
        db.engine.dispose()
    assert account(app, "chuyen.trach") is None
