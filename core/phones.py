"""Vietnamese telephone numbers as people and spreadsheets write them."""

import re

_MOBILE = re.compile(r"0[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{9}")


def normal_phone(text: str) -> tuple[str, bool] | None:
    """A Vietnamese number as ten or eleven digits from 0 on, and whether its 0 had to be put back.

    A spreadsheet drops the zero of a number typed as one; nine digits from 3, 5, 7, 8 or 9, or ten
    from 2, can be nothing else. Numbering: mobiles 03, 05, 07, 08, 09 and eight digits, landlines 02
    and nine.
    """
    digits = re.sub(r"[\s.\-()]", "", text)
    restored = False
    for prefix in ("+84", "0084", "84"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in {9, 10}:
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
            break
    else:
        if digits[:1] != "0" and (_MOBILE.fullmatch("0" + digits) or _LANDLINE.fullmatch("0" + digits)):
            digits, restored = "0" + digits, True
    if not digits.isascii() or not (_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)):
        return None
    return digits, restored
