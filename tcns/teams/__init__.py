"""Teams, the decisions that establish them, persons, and their memberships.

In this folder lies what all rooms share: tables, fields, locks, the rule of one leader.

    pages            the pages of a team and of a person, which draw on all the others
    lifecycle        what happens to a team, a room for each event
    training         the courses that members took
    timeline         what happened to a team, in the order of days
    member_accounts  accounts for members, and the slips that activate them
    listing          the list of teams, page by page, and its file
    members          memberships, and the persons who hold them
    decisions        the decisions that establish and change teams
"""
