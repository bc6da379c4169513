"""Taxes that an attestation suspends: what stands in their place. Pure.

A suspended tax is a tax of zero per cent like any other, on what the taxes that are left make of
its base; so the base is declared, and the engine reckons it like all others.
"""

from collections.abc import Collection, Iterable, Mapping

from modules.accounting.taxes import TaxPlan


def suspended_plans(
    plans: Mapping[str, TaxPlan], forms: Iterable[str], taxes: Collection[str]
) -> dict[str, TaxPlan]:
    """Return what each tax code means under an attestation.

    `accounting.suspended_code` is its twin; a test asks both the same.

    Args:
        plans: What each code means on the day without it.
        forms: Codes of the kind `suspended`.
        taxes: Codes that the attestation suspends.
    """
    ready = {
        _below(plans[form]): plans[form] for form in sorted(forms, reverse=True) if form in plans
    }
    own = {code: plan for code, plan in plans.items() if code not in set(forms)}
    return {
        code: ready.get(_below(plan, taxes), plan) if code in taxes else plan
        for code, plan in own.items()
    }


def _below(plan: TaxPlan, taxes: Collection[str] = ()) -> tuple[str, ...]:
    """Return the taxes before the last one, without those that are suspended."""
    return tuple(tax.code for tax in plan.taxes[:-1] if tax.code not in taxes)
