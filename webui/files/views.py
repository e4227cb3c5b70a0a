"""Taking files in and giving them out."""

from uuid import UUID

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import attachments, process_instances
from engine.errors import EngineError
from engine.persistence.work import UnitOfWork
from webui.errors import answer
from webui.i18n import translated
from webui.work import change, unit_of_work

bp = Blueprint("files", __name__, url_prefix="/files", template_folder="templates")


def take_in(instance_id: UUID | None = None, task_id: UUID | None = None) -> ResponseReturnValue:
    """Store the file that was dropped and give its line in the list."""
    sent, field = request.files.get("file"), request.form.get("field", "")
    if sent is None or not sent.filename:
        return answer(422, _("No file was sent."))
    name, stream = sent.filename, sent.stream
    try:
        record = change(lambda work: attachments.store(work, stream, name, instance_id, task_id, field))
    except EngineError as refused:
        return answer(422, translated(refused))
    check = request.form.get("check", type=UUID)
    return render_template("files/line.html", file=record, field=field, check=check)


@bp.get("/<uuid:attachment_id>")
def open(attachment_id: UUID) -> ResponseReturnValue:
    """Give a file as an attachment, never as a page of this site."""
    with unit_of_work() as work:
        record, stream = attachments.open_(work, attachment_id, granted=_may_see(work, attachment_id))
    return send_file(stream, record.media_type, as_attachment=True, download_name=record.name)


def _may_see(work: UnitOfWork, attachment_id: UUID) -> bool:
    """Tell whether the file belongs to a matter that is visible to the post."""
    record = work.attachments.find(attachment_id)
    if record is None or record.instance_id is None:
        return False
    try:
        process_instances.visible(work, record.instance_id)
    except process_instances.InstanceNotFound:
        return False
    return True
