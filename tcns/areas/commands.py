"""flask areas …"""

from flask.cli import AppGroup

group = AppGroup("areas")
