"""What happens to a team, a room for each event; here what several of them share.

    establish  dissolve  amend  reform  merge  reopen

No event knows another. `roster` is how a decision lists the present members; `undo_rules` say what
must hold once an event was undone.
"""
