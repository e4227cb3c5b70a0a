"""The worker ``issue_letter``: a letter gets its number and is frozen, in the transaction that lets its process go on."""

from collections.abc import Mapping

from engine import documents
from engine.clock import ZONE
from engine.persistence.records import Job
from engine.persistence.repositories.files import AttachmentRecord
from engine.persistence.work import UnitOfWork
from engine.workers import InputMissing, Result


def issue_letter(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Issue the paper in the header ``document``, or in the variable ``letter_document``.

    Its number is the one in ``own_doc_no``, or the next of its series. Gives ``doc_no``, ``issued_on``, ``letter_file``,
    ``letter_pdf`` and ``letter_sha256``.
    """
    document = str(headers.get("document") or variables.get("letter_document") or "")
    if not document:
        raise InputMissing(type="issue_letter", name="document")
    issued = documents.issue(work, document, variables, job.instance_id, job.element_key or "")
    return {
        "doc_no": issued.record.doc_no,
        "issued_on": issued.record.issued_at.astimezone(ZONE).date().isoformat(),
        "letter_file": _file(issued.docx),
        "letter_pdf": _file(issued.pdf),
        "letter_sha256": issued.record.docx_sha256,
    }


def _file(record: AttachmentRecord) -> dict[str, object]:
    return {"id": str(record.id), "name": record.name, "kind": record.kind, "size": record.size}
