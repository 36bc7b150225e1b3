"""What the web server runs, and the commands."""

import click

from tcns.app import create_app
from tcns.config import settings_from
from tcns.log_lines import write_logs

settings = settings_from()
write_logs(is_command=click.get_current_context(silent=True) is not None, file=settings.log_file)
app = create_app(settings)
