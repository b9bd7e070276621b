"""What one version of a plan changes in another, in words."""

from core.campaigns import Campaign


def differences(before: Campaign, after: Campaign) -> tuple[str, ...]:
    """One line for each difference, in the order of the plan."""
    return ()
