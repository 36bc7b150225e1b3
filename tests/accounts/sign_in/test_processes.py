"""Tries are counted together in whatever server processes they arrive."""

import http.client
import re
from http import HTTPStatus
from threading import Thread
from urllib.parse import urlencode

from tcns.accounts.sign_in.throttling import PER_NAME_AT_ADDRESS
from tests.accounts.conftest import PASSWORD, Change, name_of

ATTACKER, OWNER = "127.0.0.2", "127.0.0.3"
MOST = PER_NAME_AT_ADDRESS[0].most


def sign_in(port: int, address: str, password: str) -> http.client.HTTPResponse:
    """What a server answers to somebody at an address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, 30, (address, 0))
    connection.request("GET", "/sign-in")
    page = connection.getresponse()
    (token,) = set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode()))
    cookie = str(page.headers["Set-Cookie"]).partition(";")[0]
    typed = {"csrf_token": token, "user_name": name_of("own"), "password": password}
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request("POST", "/sign-in", urlencode(typed), kind)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_ten_tries_are_ten_in_two_processes_and_shut_nobody_else_out(
    with_password: Change, ports: list[int]
) -> None:
    with_password("own")
    answers: list[int] = []

    def guess(number: int) -> None:
        answers.append(sign_in(ports[number % 2], ATTACKER, f"wrong {number}").status)

    threads = [Thread(target=guess, args=(number,)) for number in range(MOST + 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS}
    assert answers.count(HTTPStatus.OK) <= MOST
    while answers.count(HTTPStatus.OK) < MOST:  # some stood in each other's way
        guess(len(answers))
    for port in ports:
        refused = sign_in(port, ATTACKER, PASSWORD)
        assert refused.status == HTTPStatus.TOO_MANY_REQUESTS
        assert 0 < int(refused.headers["Retry-After"]) <= 300
        assert sign_in(port, OWNER, PASSWORD).status == HTTPStatus.FOUND
