"""The files of an invoice or a credit note."""

from erp_desktop.core.attachments import Subject
from erp_desktop.ui.attachments import AttachmentsSide
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.page import Page
from modules.sales.drafts import InvoiceDraft
from modules.sales.permissions import Permission


class InvoiceFiles(AttachmentsSide):
    """Signed delivery notes, orders of the customer: whatever proves what was posted."""

    def __init__(self, page: Page, backend: Backend) -> None:
        super().__init__(page, backend)
        self._may_edit = backend.user.may(Permission.INVOICE_EDIT)

    def show_base(self, base: InvoiceDraft, *, is_posted: bool) -> None:
        """Show the files of a document; one that is not posted has none."""
        subject = Subject("sales.invoice", base.id, base.branch_id) if is_posted else None
        self.show_subject(subject, may_edit=self._may_edit)
