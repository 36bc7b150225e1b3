"""Phones in front of the server: what they send, what they are told."""

import io
import json
from typing import Any
from uuid import uuid4

from flask import Flask

from tcns.clock import today
from tests.page import ORIGIN, Page, Visitor

SESSIONS, ACCOUNT, SNAPSHOT = "/phone/sessions", "/phone/account", "/phone/snapshot"
PHOTOGRAPHS = "/phone/photographs"
JSON = {"Accept": "application/json"}


def told(page: Page) -> dict[str, Any]:
    """What the server answered."""
    found: dict[str, Any] = json.loads(page.body)
    return found


def session_of(team_id: int, **differs: Any) -> dict[str, Any]:
    """A sound session as a phone holds it, under a key of its own."""
    return {
        "team": team_id,
        "client_key": str(uuid4()),
        "held_on": today().isoformat(),
        "kind": "guidance",
        "form": "in_person",
        "topics": ["payment", "safety"],
        "participant_count": "12",
        "household_count": "3",
        **differs,
    }


class Phone:
    """Somebody's phone, which knows whose it is and sends with a fresh token."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        account = told(visitor.send("GET", ACCOUNT, headers=JSON))
        self.owner, self.key = account["owner"], account["key"]
        self.headers = {**JSON, "Referer": f"{ORIGIN}/", "X-CSRFToken": visitor.token()}

    @property
    def app(self) -> Flask:
        """The application it sends to."""
        return self.visitor.app

    def hand_in(self, session: dict[str, Any], **differs: Any) -> Page:
        """The whole answer to a session."""
        fields = {"owner": self.owner, **session, **differs}
        return self.visitor.send("POST", SESSIONS, data=fields, headers=self.headers)

    def send(self, session: dict[str, Any], **differs: Any) -> dict[str, Any]:
        """What is told of a session."""
        return told(self.hand_in(session, **differs))

    def hand_in_photograph(self, session: str, key: str, content: bytes, **differs: Any) -> Page:
        """The whole answer to a photograph of a session, by their keys."""
        file = (io.BytesIO(content), "photograph.jpg")
        fields = {"owner": self.owner, "session": session, "photograph_key": key, "file": file}
        return self.visitor.send("POST", PHOTOGRAPHS, data=fields | differs, headers=self.headers)


def send_session(phone: Phone, team_id: int) -> str:
    """The key of a session that the phone has sent."""
    session = session_of(team_id)
    assert phone.send(session)["outcome"] == "accepted"
    return str(session["client_key"])
