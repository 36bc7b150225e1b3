"""What the web server runs."""

from tcns.app import create_app

app = create_app()
