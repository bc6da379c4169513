"""What the program learns of bank movements; figures by hand.

Fees of 15.50 with 19 % of tax in them: 15.50 / 1.19 = 13.03 without, 2.47 of tax.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, OtherBranchError, StaleRecordError, UserError
from modules.accounting.bank_files import Statement
from modules.accounting.bank_rule_errors import (
    BankRuleAccountError,
    BankRuleAmountsError,
    BankRuleBranchError,
    BankRuleWordsError,
)
from modules.accounting.bank_rules import (
    BankRuleDraft,
    Known,
    accept_rules,
    book_known,
    refuse_rules,
    save_bank_rule,
)
from modules.accounting.errors import AccountUnknownError
from modules.accounting.reconciling import (
    MovementPart,
    accept_proposals,
    book_movements,
    import_statements,
    reconcile,
    undo_reconciliation,
)
from modules.accounting.selectors.bank_rules import (
    BankRuleRow,
    RuleProposal,
    list_bank_rules,
    list_rule_proposals,
)
from modules.accounting.selectors.reconciling import (
    get_bank_desk,
    get_bank_state,
    list_bank_proposals,
    list_reconciliations,
)
from tests.accounting.bank.bankbook import BANK, END, MARCH, bankbook, line
from tests.accounting.bank.test_reconciling import forged
from tests.accounting.books import Books, code_of, draft, pair
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database
FEES = MovementPart("627", tax="TVA19")


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def books(house: House, ask: Ask) -> Iterator[Books]:
    """Salim's books, with the statement of March."""
    with bankbook(house, ask) as opened:
        ask(import_statements, BANK, [MARCH], source="file")
        yield opened


def april(*movements: tuple[str, str]) -> Statement:
    """Return a statement of April with these amounts and labels, one a day."""
    lines = tuple(
        line((4, day), amount, label) for day, (amount, label) in enumerate(movements, start=1)
    )
    closing = MARCH.closing + sum((each.amount for each in lines), Decimal(0))
    return replace(
        MARCH, opened_on=END, opening=MARCH.closing, closed_on=date(YEAR, 4, 30),
        closing=closing, lines=lines,
    )  # fmt: skip


def take(ask: Ask, *movements: tuple[str, str]) -> None:
    """Import movements of April."""
    ask(import_statements, BANK, [april(*movements)], source="file")


def movement(ask: Ask, label: str) -> UUID:
    """Return the outstanding movement with a label."""
    found = [row.movement_id for row in ask(get_bank_desk, "BADR").bank if row.label == label]
    assert len(found) == 1
    return UUID(str(found[0]))


def teach(ask: Ask, books: Books, said: str, part: MovementPart = FEES, label: str = "") -> str:
    """Book the movement of which the bank said something by hand; return the entry."""
    request = book_movements(BANK, [movement(ask, said)], part, on=END, label=label or said)
    answer = books.send(*request)
    assert answer.state == "applied", answer
    return str(answer.result["entry_id"])


def proposed(ask: Ask) -> list[RuleProposal]:
    """Return what rules propose beside the pairs."""
    rows: list[RuleProposal] = ask(list_rule_proposals, "BADR", ask(list_bank_proposals, "BADR"))
    return rows


def pairs_of(rows: list[RuleProposal]) -> list[Known]:
    """Return what is accepted or refused."""
    return [Known(row.movement_id, row.rule_id, row.entry_id) for row in rows]


def only_rule(ask: Ask) -> BankRuleRow:
    """Return the one rule that there is."""
    (rule,) = ask(list_bank_rules)
    assert isinstance(rule, BankRuleRow)
    return rule


def test_fees_booked_once_are_known_the_next_month(ask: Ask, books: Books) -> None:
    entry = teach(ask, books, "FRAIS DE TENUE", label="Frais bancaires")
    assert [row[1:] for row in books.lines(entry)] == [
        (Decimal(0), Decimal("15.50")),
        (Decimal("13.03"), Decimal(0)),
        (Decimal("2.47"), Decimal(0)),
    ]
    (said,) = books.house.value(f"select taxes from accounting.entries where id = '{entry}'")
    assert (said["amount"], said["base"], said["value"]) == ("deductible", "13.03", "2.47")
    rule = only_rule(ask)
    assert (rule.words, rule.direction, rule.account) == (["frais", "tenue"], "out", "627")
    assert (rule.tax, rule.label, rule.is_learned) == ("TVA19", "Frais bancaires", True)
    assert (rule.taught, rule.accepted, rule.refused, rule.bank) == (1, 0, 0, "BADR")

    take(ask, ("-23.80", "Frais de tenue 04/2026 réf. 778"), ("23.80", "FRAIS TENUE RENDUS"))
    (known,) = proposed(ask)
    assert (known.movement, known.uses) == ("Frais de tenue 04/2026 réf. 778", 1)
    assert known.since is not None
    before = ask(get_bank_state, "BADR", date(YEAR, 4, 30))
    answer = books.send(*accept_rules(BANK, pairs_of([known])))
    assert answer.result == {"made": 1}
    after = ask(get_bank_state, "BADR", date(YEAR, 4, 30))
    assert after.corrected_ledger == before.corrected_ledger
    assert after.head.ledger == before.head.ledger - Decimal("23.80")
    (kept, _taught) = ask(list_reconciliations, "BADR")
    assert (kept.reason, kept.words_of_rule) == ("rule", "frais tenue")
    assert books.send(*accept_rules(BANK, pairs_of([known]))).result == {"made": 0}
    assert (only_rule(ask).taught, only_rule(ask).accepted) == (1, 1)

    assert books.send(*undo_reconciliation(kept.id)).state == "applied"
    assert (only_rule(ask).taught, only_rule(ask).accepted) == (1, 0)


def test_words_that_do_not_recur_are_dropped(ask: Ask, books: Books) -> None:
    take(
        ask,
        ("-5.00", "FRAIS TENUE COMPTE AGENCE ALGER 12/04"),
        ("-6.00", "FRAIS TENUE COMPTE AGENCE BLIDA 13/04"),
        ("-7.00", "FRAIS TENUE COMPTE AGENCE ORAN"),
        ("-8.00", "VIREMENT EMIS 7788"),
        ("-9.00", "VIREMENT EMIS LOYER"),
    )
    part = MovementPart("627")
    teach(ask, books, "FRAIS TENUE COMPTE AGENCE ALGER 12/04", part)
    teach(ask, books, "FRAIS TENUE COMPTE AGENCE BLIDA 13/04", part)
    assert only_rule(ask).words == ["agence", "compte", "frais", "tenue"]
    assert only_rule(ask).taught == 2
    assert [row.movement for row in proposed(ask)] == ["FRAIS TENUE COMPTE AGENCE ORAN"]
    # "virement emis" alone says nothing, and another account is another rule.
    teach(ask, books, "VIREMENT EMIS 7788", MovementPart("6132"))
    assert len(ask(list_bank_rules)) == 1
    teach(ask, books, "VIREMENT EMIS LOYER", MovementPart("6132"))
    assert [rule.words for rule in ask(list_bank_rules)][1] == ["emis", "loyer", "virement"]


def test_what_is_refused_is_not_proposed_again_and_lowers_the_rule(ask: Ask, books: Books) -> None:
    teach(ask, books, "FRAIS DE TENUE")
    take(ask, ("-1.00", "FRAIS DE TENUE"), ("-2.00", "FRAIS TENUE B"), ("-3.00", "FRAIS TENUE C"))
    rows = proposed(ask)
    assert len(rows) == 3
    assert books.send(*refuse_rules(BANK, pairs_of(rows[:1]))).result == {"refused": 1}
    assert books.send(*refuse_rules(BANK, pairs_of(rows[:1]))).result == {"refused": 0}
    # Once right, once wrong: it is silent until somebody books so again.
    assert proposed(ask) == []
    assert only_rule(ask).refused == 1
    teach(ask, books, "FRAIS TENUE B")
    assert [row.movement for row in proposed(ask)] == ["FRAIS TENUE C"]
    taught = [kept for kept in ask(list_reconciliations, "BADR") if kept.reason == "booked"]
    for kept in taught:
        assert books.send(*undo_reconciliation(kept.id)).state == "applied"
    assert (only_rule(ask).taught, proposed(ask)) == (0, [])


@pytest.fixture
def party(house: House) -> UUID:
    """A customer."""
    made = uuid7()
    house.run(
        "insert into accounting.party_names (party_id, name, name_ar)"
        f" values ('{made}', 'SARL Atlas', '')"
    )
    return made


def pay(books: Books, party: UUID, amount: str, day: date) -> tuple[UUID, str]:
    """Post a payment of the customer; return the entry and its number."""
    debit, credit = pair("512", "411", amount)
    lines = (debit, replace(credit, party_id=party))
    told = books.post(draft(*lines, on=day, label="Chèque Atlas")).result
    return UUID(told["entry_id"]), str(told["number"])


def test_a_partner_reconciled_by_hand_is_known(ask: Ask, books: Books, party: UUID) -> None:
    take(ask, ("250.00", "VIREMENT SARL ATLAS 998"), ("90.00", "VIR ATLAS SARL"))
    entry, _number = pay(books, party, "250", date(YEAR, 2, 1))
    by_hand = reconcile(BANK, [movement(ask, "VIREMENT SARL ATLAS 998")], [(entry, 1)])
    assert books.send(*by_hand).state == "applied"
    rule = only_rule(ask)
    assert (rule.words, rule.account) == (["atlas", "sarl", "virement"], "411")
    assert (rule.party, rule.taught) == ("SARL Atlas", 1)
    # The opening balance with "Apport" has no partner, so it teaches nothing.
    desk = ask(get_bank_desk, "BADR")
    opening = next(row for row in desk.bank if row.is_opening)
    first = next(row for row in desk.books if row.label == "Apport")
    both = reconcile(BANK, [opening.movement_id], [(first.entry_id, first.line_no)])
    assert books.send(*both).state == "applied"
    assert len(ask(list_bank_rules)) == 1
    teach(ask, books, "VIR ATLAS SARL", MovementPart("411", party_id=party))
    assert (only_rule(ask).words, only_rule(ask).taught) == (["atlas", "sarl"], 2)


def test_a_payment_that_waits_in_the_ledger_is_not_booked_again(
    ask: Ask, books: Books, party: UUID
) -> None:
    take(ask, ("9.00", "ATLAS SARL"), ("60.00", "ATLAS SARL 1"), ("60.00", "ATLAS SARL 2"))
    teach(ask, books, "ATLAS SARL", MovementPart("411", party_id=party))
    _entry, number = pay(books, party, "60", date(YEAR, 1, 9))
    rows = proposed(ask)
    assert [(row.movement, row.entry) for row in rows] == [
        ("ATLAS SARL 1", number),
        ("ATLAS SARL 2", ""),
    ]
    before = ask(get_bank_desk, "BADR").head.ledger
    # Nobody gets a new entry who accepted the one that waits.
    untold = [replace(each, entry_id=None) for each in pairs_of(rows[:1])]
    assert books.send(*accept_rules(BANK, untold)).result == {"made": 0}
    assert books.send(*accept_rules(BANK, pairs_of(rows[:1]))).result == {"made": 1}
    assert ask(get_bank_desk, "BADR").head.ledger == before
    assert books.send(*accept_rules(BANK, pairs_of(rows))).result == {"made": 1}
    assert ask(get_bank_desk, "BADR").head.ledger == before + 60
    assert (only_rule(ask).taught, only_rule(ask).accepted) == (1, 2)


def test_only_rules_that_may_book_by_themselves_when_somebody_says_so(
    ask: Ask, books: Books
) -> None:
    house_rule = BankRuleDraft(
        uuid7(), bank_account_id=BANK, words="Agios bancaires", direction="out",
        amount_from=Decimal(10), amount_to=Decimal(100), account="627", label="Agios",
    )  # fmt: skip
    assert ask(save_bank_rule, house_rule) == 1
    take(
        ask,
        ("-50.00", "AGIOS BANCAIRES T1"),
        ("-500.00", "AGIOS BANCAIRES"),
        ("50.00", "AGIOS BANCAIRES"),
        ("-20.00", "CAFE"),
    )
    assert [row.amount for row in proposed(ask)] == [Decimal(-50)]
    assert books.send(*book_known(BANK)).result == {"made": 0}
    assert ask(save_bank_rule, replace(house_rule, posts_itself=True), version=1) == 2
    assert books.send(*book_known(BANK)).result == {"made": 1}
    assert proposed(ask) == []
    (kept,) = ask(list_reconciliations, "BADR")
    assert (kept.reason, kept.amount, kept.words_of_rule) == (
        "rule",
        Decimal(-50),
        "agios bancaires",
    )
    assert ask(save_bank_rule, replace(house_rule, is_active=False), version=2) == 3


def test_a_movement_is_booked_on_several_lines(ask: Ask, books: Books) -> None:
    # A card payment of 100.00 comes without 1.19 of fees, 0.19 of tax among them.
    take(ask, ("98.81", "REMISE CARTES"))
    parts = [MovementPart("706", Decimal(100)), MovementPart("627", Decimal("-1.19"), "TVA19")]
    wanted = [movement(ask, "REMISE CARTES")]
    short = book_movements(BANK, wanted, parts[:1], on=END, label="Cartes")
    assert code_of(books.send(*short)) == "accounting.bank_split_differs"
    no_tax = [parts[0], replace(parts[1], tax="TVA99")]
    assert code_of(books.send(*book_movements(BANK, wanted, no_tax, on=END, label="Cartes"))) == (
        "accounting.bank_tax_unknown"
    )
    answer = books.send(*book_movements(BANK, wanted, parts, on=END, label="Cartes"))
    assert [row[1:] for row in books.lines(answer.result["entry_id"])] == [
        (Decimal("98.81"), Decimal(0)),
        (Decimal(0), Decimal(100)),
        (Decimal("1.00"), Decimal(0)),
        (Decimal("0.19"), Decimal(0)),
    ]
    assert ask(list_bank_rules) == []


def test_a_rule_that_could_not_work_is_refused(ask: Ask, books: Books) -> None:
    del books
    rule = BankRuleDraft(uuid7(), branch_id=ALGIERS.id, words="frais", account="627")
    refused: dict[type[UserError], BankRuleDraft] = {
        BankRuleWordsError: replace(rule, words="de 12 mars 2026"),
        AccountUnknownError: replace(rule, account="1999999"),
        BankRuleAccountError: replace(rule, account="6"),
        BankRuleAmountsError: replace(rule, amount_from=Decimal(5), amount_to=Decimal(4)),
        OtherBranchError: replace(rule, branch_id=uuid7()),
    }
    for error, wrong in refused.items():
        with pytest.raises(error):
            ask(save_bank_rule, wrong)
    assert ask(save_bank_rule, rule) == 1
    with pytest.raises(StaleRecordError):
        ask(save_bank_rule, rule, version=7)
    with pytest.raises(BankRuleBranchError):
        ask(save_bank_rule, replace(rule, branch_id=ORAN.id), version=1)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("COMMISSION DE TENUE DE COMPTE 08/2026 N°778", "commission compte tenue"),
        ("Frais d'août – réf. AB12 Société", "frais societe"),
        ("عُمولة مسك الحساب مارس ٢٠٢٦", "الحساب عموله مسك"),
        ("VIR 12/03 F-77", "vir"),
        ("31.12.2026", ""),
    ],
)
def test_words_are_folded_without_digits_months_and_small_ones(
    house: House, label: str, words: str
) -> None:
    said = house.value(f"select accounting.bank_words($${label}$$)")
    assert said == sorted(words.split())


def test_not_even_the_owner_forges_what_a_rule_did(ask: Ask, books: Books, house: House) -> None:
    teach(ask, books, "FRAIS DE TENUE")
    take(ask, ("-1.00", "FRAIS DE TENUE"))
    assert books.send(*refuse_rules(BANK, pairs_of(proposed(ask)))).state == "applied"
    copied = (
        "insert into accounting.bank_reconciliations (id, bank_account_id, branch_id, reason,"
        " made_by, rule_id) select gen_random_uuid(), bank_account_id,"
    )
    attempts = {
        f"{copied} branch_id, 'rule', 'x', null from accounting.bank_reconciliations": (
            "bank_reconciliations_by_a_rule_name_it"
        ),
        f"{copied} '{ORAN.id}', 'rule', 'x', rule_id from accounting.bank_reconciliations": (
            "bank_reconciliations_rule_is_of_their_branch"
        ),
        "update accounting.bank_rule_refusals set refused_by = 'x'": "core.append_only",
        "delete from accounting.bank_rule_refusals": "core.append_only",
        "update accounting.bank_rules set words = '{}'": "bank_rules_have_words",
    }
    for statement, reason in attempts.items():
        assert forged(house, statement) == reason, statement
    audited = house.value(
        "select count(*) from core.audit where relation = 'accounting.bank_rules'"
    )
    assert audited == 1


def test_rules_stay_in_their_branch_and_with_who_may(
    ask: Ask, books: Books, house: House, signed_in: SignIn
) -> None:
    teach(ask, books, "FRAIS DE TENUE")
    nadia: Any = signed_in("nadia")
    with pytest.raises(NotAllowedError), nadia.database.begin(nadia.user, "accounting") as ctx:
        save_bank_rule(ctx, BankRuleDraft(uuid7(), ALGIERS.id, words="x", account="627"))
    take(ask, ("-1.00", "FRAIS DE TENUE"))
    wanted = pairs_of(proposed(ask))
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        "update core.user_branches b set branch_id ="
        f" '{ORAN.id}' from core.users u where u.id = b.user_id and u.login = 'salim'"
    )
    assert ask(list_bank_rules) == []
    assert ask(list_rule_proposals, "BADR", []) == []
    for request in (
        accept_rules(BANK, wanted),
        refuse_rules(BANK, wanted),
        book_known(BANK),
        accept_proposals(BANK),
    ):
        assert code_of(books.send(*request)) == "core.not_found"
