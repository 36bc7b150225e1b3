"""The states of a job."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class JobStatus(LabelledEnum):
    """How far a job has come."""

    WAITING = "waiting", _l("Waiting")
    RUNNING = "running", _l("Running")
    DONE = "done", _l("Done")
    FAILED = "failed", _l("Failed")
