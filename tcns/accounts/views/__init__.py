"""Pages of accounts: getting in, one's own account, the accounts one administers."""

from tcns.accounts import role_scopes
from tcns.accounts.blueprint import blueprint
from tcns.accounts.sign_in import views as sign_in
from tcns.accounts.views import administration, listing, my_account, roles

# Importing the pages puts them on the blueprint; importing the scopes of roles registers them.
__all__ = [
    "administration",
    "blueprint",
    "listing",
    "my_account",
    "role_scopes",
    "roles",
    "sign_in",
]
