# Corrections by hand, looked at before they count.

# $kind (text)
correction-title = { $kind ->
    [adjustments] Adjust the account
    [refunds] Pay a credit out
   *[waivers] Waive a late fee
}
correction-act-adjust = Adjust
correction-act-refund = Pay out credit
correction-act-waive = Waive fee
correction-direction = What it does
correction-give = Takes off what is owed
correction-charge = Adds to what is owed
correction-fund = Fund
correction-due-on = To be paid by
correction-due-hint = Counts only for what is added.
correction-refund-hint = Paid out by the bank; never more than is held.
correction-fee = Late fee
correction-fee-hint = As a courtesy, as often as the policy allows.
correction-no-fee = There is no late fee on this account that could be waived.
correction-nothing-held = Nothing is held for this customer.
correction-held = Held as a credit
correction-most = The most you may decide
correction-check = Look at the entry
correction-look = This will be posted
correction-debit = Debit
correction-credit = Credit
correction-post = Post it
correction-done = The correction is posted.
# $most (money)
correction-over-limit = You may decide up to { $most }. Ask somebody who may decide more.
# $most (money)
# $decided (money)
correction-over-limit-so-far = You may decide up to { $most } on one account in 30 days, and have decided { $decided } already. Ask somebody who may decide more.
# $last (date)
correction-due-day = Choose a day from today to { $last }.
# $held (money)
correction-not-held = Only { $held } is held for this customer.
# $waivers (number)
# $months (number)
correction-courtesy-used = The courtesy is used up: { $waivers } in { $months } months.
