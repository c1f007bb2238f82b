# Corrections by hand, looked at before they count.

# $kind (text)
correction-title = { $kind ->
    [adjustments] Adjust the account
    [refunds] Pay a credit out
    [transfers] Transfer to another account
    [write-offs] Write off the balance
   *[waivers] Waive a late fee
}
correction-act-adjust = Adjust
correction-act-refund = Pay out credit
correction-act-waive = Waive fee
correction-act-transfer = Transfer
correction-act-write-off = Write off
correction-direction = What it does
correction-give = Takes off what is owed
correction-charge = Adds to what is owed
correction-fund = Fund
correction-due-on = To be paid by
correction-due-hint = Counts only for what is added.
correction-refund-hint = Never more than is held.
correction-fee = Late fee
correction-fee-hint = As a courtesy, as often as the policy allows.
correction-no-fee = There is no late fee on this account that could be waived.
correction-nothing-held = Nothing is held for this customer.
correction-held = Held as a credit
correction-most = The most you decide alone
correction-most-of = The most you decide alone: { $kind }
correction-so-far = Decided by you here in 30 days
correction-check = Look at the entry
correction-look = This will be posted
correction-debit = Debit
correction-credit = Credit
correction-post = Post it
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

## A second person, transfers, write-offs, checks

# $status (text)
correction-outcome = { $status ->
    [proposed] The correction waits for a second person.
    [refused] The correction was refused.
    [withdrawn] The correction was given up.
   *[posted] The correction is posted.
}
# $kind (text)
correction-kind = { $kind ->
    [credit] Credit
    [charge] Charge
    [refund] Refund of a credit
    [waiver] Waiver of a late fee
    [transfer] Transfer to another account
    [reversal] Reversal
   *[write_off] Write-off
}
# $status (text)
correction-status = { $status ->
    [proposed] Waits
    [refused] Refused
    [withdrawn] Given up
   *[posted] Posted
}
# $way (text)
correction-way = { $way ->
    [check] By check
   *[bank] By the bank
}
# $what (text)
correction-carried = { $what ->
    [credit] The credit that is held
   *[debt] What is owed
}
correction-way-label = How it is paid
correction-carried-label = What is carried
correction-to = To account
correction-to-hint = The number on the bill.
correction-carried-due-hint = Counts only for what is owed.
correction-write-off-hint = All that is owed is given up, and the account ends as written off. What is paid later is asked for again first.
correction-note = Note
correction-note-hint = Stands on the account’s ledger beside the reason.
correction-note-missing = Write why, in a few words.
correction-no-account = There is no account with this number. Look at the number on the bill.
correction-not-a-number = This is not a whole account number. Write it as it stands on the bill.
correction-other-owes = Balance of that account
correction-other-name = Customer
correction-other-address = Address
correction-other-number = Account number
correction-same-account = This is the same account. Write the number of the other one.
# $owed (money)
correction-not-owed = Only { $owed } is owed and not in dispute.
correction-arranged = An arrangement pays what is owed. End it first, or wait until it is kept.
correction-not-ended = Service has not ended. Only the balance of an account that ended is written off.
correction-kept-away = A hold, a dispute or money on its way keeps this account from being written off. Look at its holds, requests and payments.
correction-protected = A hold protects what is owed here. Place it on the other account first, so that it stays protected.
correction-key-used = This form has ordered another correction already. Nothing was done now; look at the account, and order this one if it is still wanted.
correction-not-allowed = The policy for corrections says nothing of this kind, so that nobody may order it. It is set under Policies.
correction-no-part = The chart of accounts has no account with the part “transfers”. It is set under Policies, Chart of accounts.
correction-reverse = Reverse it
correction-reverse-title = Reverse a correction
correction-reverse-hint = What it posted is answered by a new entry. Both stay in the ledger.
correction-reversed = Reversed
correction-reverses = It reverses
correction-reversed-before = It is reversed already, or somebody has ordered that. Look at the correction.
correction-not-reversible = This kind is not reversed here: money that was paid out comes back by its check or payment.
correction-came-back = What was written off has been paid since: nothing of it is left to ask for.
correction-changed = The account has changed since you looked. Look at what would be posted now.
# $what (text)
correction-changed-by = The account has changed since you looked. Posted since: { $what }. Look at what would be posted now.
correction-changed-since = The account has changed since this was ordered. This is what would be posted now.
correction-look-two = This would be posted
correction-posted-entry = What was posted
correction-takes-two = This is more than you decide alone. Somebody else decides it.
correction-send = Send for approval
correction-on-account = account { $number }
correction-same-person = You ordered this. Somebody else must decide it.
correction-not-own = Somebody else ordered this. Refuse it instead.
corrections-title = Corrections
corrections-hint = What waits for a second person, and what became of the rest.
corrections-any = All
corrections-none = There is no correction here.
correction-ordered-by = Ordered by
correction-decided-by = Decided by
correction-who-decides = This is decided by somebody else. It may be: { $jobs }.
correction-approve = Approve and post it
correction-kept = It cannot be posted now
correction-refuse = Refuse it
correction-refuse-why = Why
correction-refuse-now = Refuse the correction
correction-waits = It waits for somebody else
correction-waits-hint = You ordered it, so that somebody else decides it. Until then you can give it up.
correction-withdraw = Give it up
checks-title = Refunds by check
checks-hint = Credits that are paid out by check. Write the check, then note its number.
checks-waiting = Checks to write
checks-written = Checks that were written
checks-none = No refund waits for a check.
checks-download = Download the list
checks-payee = Payee
checks-number = Check number
# $amount (money)
checks-number-of = Number of the check for { $amount }
checks-write = Note it
checks-written-now = The check is noted.
checks-written-before = Check { $number } was noted for this refund before.
checks-number-missing = Write the check’s number, of at most 30 characters.
checks-number-taken = Another refund has check { $number }. Look at the number again.
checks-void = Take back
checks-void-why = Why: lost, never cashed, asked for by mistake
checks-void-now = Take the check back
checks-voided-now = The check is taken back, and its amount is the customer’s again. Stop it at the bank.
# $on (date)
checks-voided = taken back { $on }
checks-is-voided = This refund was taken back. Nothing is to be paid out by it.
checks-void-reason = Write why, in at most 300 characters.
checks-void-other = You wrote this check. Somebody else takes it back.
# $count (number)
corrections-count = { $count ->
    [one] 1 correction.
   *[other] { $count } corrections.
}

## A day of fees taken back

# $status (text)
fee-reversal-outcome = { $status ->
    [proposed] The reversal waits for a second person.
    [approved] The fees are being taken back.
    [done] The fees are taken back.
    [refused] The reversal was refused.
   *[withdrawn] The reversal was given up.
}
# $status (text)
fee-reversal-status = { $status ->
    [proposed] Waits
    [approved] Under way
    [done] Taken back
    [refused] Refused
   *[withdrawn] Given up
}
fee-reversals-title = A day of fees taken back
fee-reversals-hint = When fees were charged that should not have been: all those of a day, also those that were paid. What was paid becomes a credit.
fee-reversals-look = Fees of a day
fee-reversals-day = Charged on
fee-reversals-fees = Fees
fee-reversals-paid = Of that paid
fee-reversals-reversed = Taken back
fee-reversals-all = Earlier ones
fee-reversal-nothing = No fee of this kind stands on this day.
fee-reversal-changed = The fees have changed since you looked. Look at them as they are now.
# $then (number)
# $was (money)
# $count (number)
# $now (money)
fee-reversal-changed-to = The fees have changed since you looked. Then: { $then }, { $was }. Now: { $count }, { $now }. Look at them as they are now.
# $by (text)
# $at (text)
# $state (text)
fee-reversal-ordered = { $by } ordered the same on { $at }, and it is not finished: { $state }. Nothing of yours was ordered.
fee-reversal-key-used = Another reversal was ordered with this form. Send it again to order this one.
fee-reversal-approve = Approve and take them back
fee-reversal-refuse = Refuse the reversal
# $fees (number)
# $amount (money)
fee-reversals-progress = { $fees }, { $amount }
account-corrections-waiting = Corrections that wait
account-corrections-hint = for a second person
account-given-up = Written off
account-given-up-hint = asked for again when money comes
