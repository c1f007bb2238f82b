# Bill runs, one bill, and payments as the office sees them.

# $status (text)
run-status = { $status ->
    [drafting] Drafting
    [drafted] Ready to review
    [issuing] Issuing
    [issued] Issued
   *[void] Voided
}
# $amount (text)
run-line = { $bills ->
    [one] 1 bill
   *[other] { $bills } bills
}, { $amount }
run-ready = Start a bill run
run-none-ready = Every period whose reads are in has been billed.
run-period = Cycle and period
# $issue (day)
# $due (day)
run-dates = issued { $issue }, due { $due }
run-start = Draft the bills
run-start-hint = Drafts cost nobody anything: look at them, then issue or void them.
run-started-now = The run has started.
run-not-started = This period has a run already.
# $on (day)
run-not-over = This period is not over yet. Draft its bills from { $on } on.
run-later-issued = A later period of this cycle is issued already. Bills go out in the order of their periods.
# $from (day)
# $until (day)
run-earlier-first = The period from { $from } until { $until } comes first: issue its run, then start this one.
run-latest = Runs, newest first
run-bills = Bills
run-started = Started
# $attempt (number)
run-attempt = try { $attempt }
run-title = Bill run { $cycle }
run-progress = Progress
# $done (number)
# $all (number)
run-of = { $done } of { $all }
run-accounts = Accounts looked at
# $all (number)
run-of-accounts = of { $all }
run-drafts = Drafts
run-drafts-hint = not issued yet
run-issued = Issued
# $count (number)
run-voided = { $count } voided
run-amount-hint = all bills of the run
run-issue = { $count ->
    [one] Issue 1 bill
   *[other] Issue { $count } bills
}
run-void = Void the run
run-see-exceptions = Work the exceptions
run-issuing-now = The bills are being issued.
run-voided-now = The run and its drafts are voided. The period can be drafted again.
run-refused = The run has moved on; this is no longer possible.
run-estimated = On an estimate
run-totals = Totals by service
run-largest = Largest bills
run-smallest = Smallest bills
run-all-bills = All bills of the run
run-no-bills = No bills yet.
run-billed-again = The bill was drafted again.
run-not-billed-again = The account still cannot be billed; see its exceptions.
run-exceptions-of = { $found ->
    [0] none found
    [one] of 1 found
   *[other] of { $found } found
}
run-try-held = { $count ->
    [one] Try 1 held account again
   *[other] Try { $count } held accounts again
}
run-trying-held = The held accounts are being drafted again.
run-nothing-served = Nothing was served to this account in the period.
run-account-issued = The account has its bill of this run. Cancel the bill to bill the period again.
run-waits = What waits for a person
# $held (number)
# $looks (number)
run-waits-text = Accounts without a draft: { $held }. Drafts to look at before they go out: { $looks }.

## One bill

bill-title = Bill { $number }
bill-for = for { $name }
bill-what-of = What each line is made of
bill-due = Due
bill-total = New charges
bill-previous = Balance before
bill-open = Still open
bill-issued = Issued
bill-status = What happened to it
bill-none-yet = Nothing yet.
# $stage (text)
bill-event = { $stage ->
    [drafted] Drafted
    [issued] Issued
    [queued] Put out for delivery
    [sent] Sent
    [delivered] Delivered
    [failed] Not delivered
    [due] Due
    [paid] Paid in full
    [canceled] Canceled
    [voided] Voided
   *[other] { $stage }
}
bill-to-come = to come
bill-void = Void this draft
bill-voided = The draft is voided.
bill-cancel = Cancel and bill again
bill-cancel-reason = Why is it canceled?
bill-cancel-hint = The customer’s ledger shows the cancellation and the corrected bill.
bill-canceled-now = The bill is canceled, and a corrected draft is made.
bill-canceled-only = The bill is canceled. A corrected bill could not be drafted; see the exceptions.
bill-reason-missing = Say why the bill is canceled.
bill-refused = The bill has moved on; this is no longer possible.
bill-replaces = Replaces bill { $number }
bill-run = Bill run
bill-quantity = Quantity
bill-price = Price
bill-charge = Charge
bill-rate = Rate { $code }, version { $version }
bill-working = Working
bill-reads-label = Reads
# $days (number)
# $whole (number)
bill-slice = { $days } of { $whole } days
bill-unrounded = Before rounding
bill-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}

## Payments

payment-title = Payment { $number }
payment-moves = What happened to it
payment-reference = Processor’s reference
payment-asked-by = Asked for by
payment-failure = Why it failed
payments-title = Payments
payments-none = No payments.
