"""The form of a user: hire somebody, or change what they may do."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.administration.permissions import Permission
from erp_desktop.core.administration.selectors import UserSheet, get_user
from erp_desktop.core.administration.services import UserDraft, save_user
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.core.refusals import (
    LoginTakenError,
    LoginUnusableError,
    PasswordInClearError,
    RoleUnknownError,
    UserNeedsBranchAndRoleError,
)
from erp_desktop.ui import forms
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.form_page import FormPage
from erp_desktop.ui.forms import Section
from erp_desktop.ui.language import NAMES
from modules.admin.widgets.fields import ChecksField, LimitsField, PasswordField, SecretForm
from modules.admin.widgets.parts import role_name

# Beneath which field a refusal is shown.
_FIELDS: Mapping[type[UserError], str] = {
    LoginTakenError: "login",
    LoginUnusableError: "login",
    PasswordInClearError: "password",
    RoleUnknownError: "roles",
    UserNeedsBranchAndRoleError: "roles",
}


class UserFormView(Protocol):
    """All the presenter needs of whoever shows the form."""

    def show_choices(self, sheet: UserSheet) -> None:
        """Offer these roles and branches."""

    def show_user(self, draft: UserDraft, key: str, *, is_active: bool) -> None:
        """Show a user; what is typed from now on is kept under `key`, the password never."""

    def forget_draft(self) -> None:
        """Keep nothing of what was typed: it is saved."""


class UserFormPresenter:
    """What the form does, told without a widget."""

    def __init__(self, view: UserFormView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._id = uuid7()
        self._version: int | None = None
        self._is_active = True

    @property
    def saved_id(self) -> UUID | None:
        """The user's id, once they are kept."""
        return None if self._version is None else self._id

    async def show(self, user_id: UUID | None) -> None:
        """Show a user, or an empty form."""
        sheet = await self._backend.ask(get_user, user_id)
        self._view.show_choices(sheet)
        if sheet.user is None:
            self._id, self._version = uuid7(), None
            home = sheet.branches[0].id if len(sheet.branches) == 1 else None
            self._view.show_user(UserDraft(home_branch_id=home), "admin.user/new", is_active=True)
        else:
            self._id, self._version = sheet.user.id, sheet.user.version
            self._is_active = sheet.user.is_active
            self._show(UserDraft.of(sheet.user))

    async def save(self, draft: UserDraft) -> str:
        """Save what was typed and return the sentence to say."""
        if self._version is None and not draft.password:
            raise PasswordInClearError
        self._version = await self._backend.do(save_user, self._id, draft, version=self._version)
        self._view.forget_draft()
        self._show(without_password(draft))
        if draft.password:
            return _("{name} is saved. Tell them their password; nobody can read it later.").format(
                name=draft.name
            )
        return _("{name} is saved.").format(name=draft.name)

    def _show(self, draft: UserDraft) -> None:
        self._view.show_user(draft, f"admin.user/{self._id}", is_active=self._is_active)


def without_password(draft: UserDraft) -> UserDraft:
    """Return what is left to be seen of a draft that is saved."""
    kept = {name: getattr(draft, name) for name in UserDraft.__dataclass_fields__}
    others = tuple(each for each in draft.other_branches if each != draft.home_branch_id)
    return UserDraft(**{**kept, "password": "", "other_branches": others})


class UserFormPage(FormPage[UserDraft]):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("New user")

    def __init__(self, backend: Backend) -> None:
        self._login = forms.CodeField("login", N_("Login"), required=True)
        self._roles = ChecksField("roles", N_("Roles"), required=True)
        self._home = forms.ChoiceField(
            "home_branch_id", N_("Own branch"), translate=False, required=True
        )
        self._others = ChecksField("other_branches", N_("Also works in"))
        self._limits = LimitsField("limits", N_("May go alone up to"), backend.limits)
        self._password = PasswordField("password", N_("Password"))
        super().__init__(backend, SecretForm(self._fields()))
        self._presenter = UserFormPresenter(self, backend)
        self._sheet: UserSheet | None = None
        self._user_id: UUID | None = None
        self._shown: tuple[str, bool] = ("", True)
        self.form.setEnabled(backend.user.may(Permission.MANAGE_USERS))
        follow(self, self._word)

    def _fields(self) -> tuple[forms.Field | Section, ...]:
        languages = list(NAMES.items())
        return (
            Section(N_("Identity")),
            self._login,
            self._password,
            forms.TextField("name", N_("Name"), required=True),
            forms.ArabicField("name_ar", N_("Arabic name")),
            forms.ChoiceField("language", N_("Language"), languages, translate=False),
            Section(N_("Work")),
            self._home,
            forms.CheckField("sees_all_branches", N_("Sees all branches")),
            self._roles,
            self._others,
            *((Section(N_("Limits")), self._limits) if self._limits.names else ()),
        )

    def show_choices(self, sheet: UserSheet) -> None:
        """Offer these roles and branches."""
        self._sheet = sheet
        self._word()

    def show_user(self, draft: UserDraft, key: str, *, is_active: bool) -> None:
        """Show a user; what is typed from now on is kept under `key`, the password never."""
        is_new = key.endswith("/new")
        self._login.setEnabled(is_new)
        in_arabic = current().language == "ar" and bool(draft.name_ar)
        name = draft.name_ar if in_arabic else draft.name
        self._shown = (name, is_active)
        self.show_draft(draft, key=key, name=name)
        self._word()

    @override
    async def save(self, draft: UserDraft) -> str:
        sentence = await self._presenter.save(draft)
        self._user_id = self._presenter.saved_id
        return sentence

    @override
    def refuse(self, error: UserError) -> None:
        field = _FIELDS.get(type(error))
        if field is not None:
            error.details.setdefault("field", field)
        super().refuse(error)

    @override
    def on_first_show(self) -> None:
        self.start_latest(self._presenter.show, self._user_id)

    @override
    def open(self, argument: Any) -> None:
        self._user_id = UUID(str(argument)) if argument else None
        self.start_latest(self._presenter.show, self._user_id)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "user": str(self._user_id) if self._user_id else None}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._user_id = UUID(state["user"]) if state.get("user") else None

    def _word(self) -> None:
        name, is_active = self._shown
        if name:
            self.header.show_title(name)
        self.header.show_state("" if is_active else _("Disabled"), "bad")
        hint = _("Leave empty to keep it") if name else ""
        self._password.editor.setProperty("placeholderText", hint)
        if self._sheet is None:
            return
        language = current().language
        branches = [(b.id, in_language(language, b.name, b.name_ar)) for b in self._sheet.branches]
        self._roles.offer([(r.code, role_name(r.code, r.name)) for r in self._sheet.roles])
        self._home.offer(branches)
        self._others.offer(branches)
