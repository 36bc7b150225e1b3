"""Pages of accounts: getting in, one's own account, the accounts one administers."""

from tcns.accounts import rights
from tcns.accounts.views import administration, entrance, listing, my_account, roles
from tcns.accounts.views.root import blueprint

# Importing the pages is what puts them on the blueprint; importing the rights registers them.
__all__ = ["administration", "blueprint", "entrance", "listing", "my_account", "rights", "roles"]
