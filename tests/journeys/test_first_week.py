"""A province's first week: a team is established, a session logged, returned, mended, approved."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.journeys.reading import fill, number_in
from tests.journeys.traveller import DESK, PHONE, Traveller

pytestmark = pytest.mark.journey

PASSWORD = "con trâu đi trước"
OpenWindow = Callable[..., Traveller]


@dataclass(frozen=True)
class Way:
    """How one journey is made: on which screen, with JavaScript or without, in which village."""

    width: int
    scripts: bool

    @property
    def village(self) -> str:
        """A village of its own for each way, since all travel the same site."""
        return f"Nà Thử {self.width}{'' if self.scripts else ' không JavaScript'}"

    @property
    def members(self) -> tuple[str, str, str]:
        """Three people of their own; who bears a known name would be asked after."""
        middle = {(PHONE, True): "Thị", (DESK, True): "Minh", (DESK, False): "Hải"}
        called = middle[self.width, self.scripts]
        return f"Hoàng {called} Thử", f"Nông {called} Nghiệm", f"Ma {called} Kiểm"


WAYS = [
    Way(PHONE, True),
    pytest.param(Way(DESK, True), marks=pytest.mark.long),
    Way(DESK, False),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.village)
def test_what_a_leader_logs_is_counted_by_the_province(open_window: OpenWindow, way: Way) -> None:
    def visitor() -> Traveller:
        return open_window(way.width, scripts=way.scripts)

    official, province = visitor(), visitor()
    province.sign_in("tinh")
    before = figures(province)
    official.sign_in("xa.02335")
    establish(official, way)
    team = official.path
    slip = prepare_slips(official, way)
    leader = visitor()
    activate(leader, slip, way)
    session = log_session(leader, way)
    return_session(official, session, way)
    mend(leader, session, way)
    official.go(session)
    official.main(
        "button",
    ).filter(has_text="Duyệt").first.click()
    official.main("text=Đã duyệt").first.wait_for()
    assert team
    assert figures(province) == (before[0] + 1, before[1] + 1)


def figures(province: Traveller) -> tuple[int, int]:
    """The numbers of teams and of sessions that the province sees."""
    province.go("/coverage")
    cards = province.main(".key-figures")
    return tuple(  # type: ignore[return-value]
        number_in(
            cards.locator("div", has=province.page.locator(f"dt:text-is('{word}')"))
            .locator("a")
            .inner_text()
        )
        for word in ("Tổ", "Buổi hoạt động")
    )


def establish(official: Traveller, way: Way) -> None:
    """A team of a village not listed yet, by a decision, with three members."""
    official.go("/teams/establish")
    fill(official, "number", f"{way.width}{int(way.scripts)}/QĐ-UBND")
    fill(official, "issued_on", "2024-06-03")
    fill(official, "summary", "Thành lập Tổ công nghệ số cộng đồng")
    official.main("input[name$=_name][name^=village_]").first.fill(way.village)
    official.main(".form-actions button").click()
    official.page.wait_for_url(re.compile(r"/(teams|decisions)/\d+"))
    if "/decisions/" in official.path:
        official.main("a[href^='/teams/']").filter(has_text=way.village).first.click()
    for place, name in enumerate(way.members):
        add_member(official, name, "leader" if place == 0 else "member", way)
    look(official, "team-established", way)


def add_member(official: Traveller, name: str, role: str, way: Way) -> None:
    """One member joins on the day of the decision."""
    if "/members/add" not in official.path:
        official.main("a[href$='/members/add']").first.click()
    fill(official, "full_name", name)
    official.main("select[name=role]").select_option(role)
    fill(official, "first_day", "2024-06-03")
    official.main("form button:not([name=another])").last.click()
    official.page.wait_for_url(re.compile(r"/teams/\d+$"))


def prepare_slips(official: Traveller, way: Way) -> tuple[str, str]:
    """Accounts for all members; the leader's user name and code."""
    official.follow(official.main("a[href$='/accounts']").first)
    look(official, "prepare-slips", way)
    official.main("form button.btn-primary").first.click()
    official.page.wait_for_url("**/slips?*")
    look(official, "slips", way)
    slip = official.main(
        "section",
    ).filter(has_text=way.members[0])
    user_name, code = slip.locator("dd.incident").all_inner_texts()
    return user_name, code


def activate(leader: Traveller, slip: tuple[str, str], way: Way) -> None:
    """The leader chooses a password with the slip's code and is signed in."""
    leader.go(f"/activate?user_name={slip[0]}")
    fill(leader, "code", slip[1])
    fill(leader, "password", PASSWORD)
    look(leader, "activate", way)
    leader.main("form button.btn-primary").first.click()
    leader.page.wait_for_url(f"{leader.site}/")
    look(leader, "home-new-leader", way)


def log_session(leader: Traveller, way: Way) -> str:
    """The leader logs tonight's session and submits it; the path of its page."""
    leader.main("a[href^='/activities/log']").first.click()
    fill(leader, "participant_count", "12")
    fill(leader, "women_count", "15")
    choose(leader)
    leader.main("button[value=review]:visible").click()
    leader.main(".error-summary").wait_for()
    assert leader.main("input[name=participant_count]").input_value() == "12"
    look(leader, "log-wrong", way)
    fill(leader, "women_count", "7")
    leader.main("button[value=review]:visible").click()
    leader.main("button[value=send]").click()
    leader.page.wait_for_url(re.compile(r"/activities/\d+$"))
    look(leader, "session-submitted", way)
    return leader.path


def choose(leader: Traveller) -> None:
    """What a first session must say besides: its kind, form and a topic."""
    for name in ("kind", "form"):
        if not leader.main(f"input[name={name}]:checked").count():
            leader.main(f"input[name={name}]").first.check()
    if not leader.main("input[name=topics]:checked").count():
        leader.main("input[name=topics]").first.check()


def return_session(official: Traveller, session: str, way: Way) -> None:
    """The official returns it with a reason."""
    official.go(session)
    official.main("a[href$='/return']").click()
    fill(official, "reason", "Thiếu số hộ được hướng dẫn")
    official.follow(official.main("form button.btn-primary").first)


def mend(leader: Traveller, session: str, way: Way) -> None:
    """The leader reads the reason, adds the households and submits again."""
    leader.go(session)
    leader.main("text=Thiếu số hộ được hướng dẫn").first.wait_for()
    look(leader, "session-returned", way)
    leader.main("a[href$='/edit']").first.click()
    fill(leader, "household_count", "9")
    leader.main("button[value=review]:visible").click()
    leader.main("button[value=send]").click()
    leader.page.wait_for_url(re.compile(r"/activities/\d+$"))


def look(traveller: Traveller, name: str, way: Way) -> None:
    """Look at the page; without JavaScript axe cannot, and the picture would be the same."""
    if way.scripts:
        traveller.look(f"week-{name}")
