"""The states of a job."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class JobStatus(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> LazyString:
        """The status in words."""
        return JOB_STATUS_LABELS[self]


JOB_STATUS_LABELS = {
    JobStatus.WAITING: _l("Waiting"),
    JobStatus.RUNNING: _l("Running"),
    JobStatus.DONE: _l("Done"),
    JobStatus.FAILED: _l("Failed"),
}
