# What is owed, by due date and account class.

receivables-title = Receivables
receivables-on = As of
receivables-show = Show
receivables-live = As the ledger stands now; every payment counts at once.
# $day (date)
receivables-then = As the ledger stood at the end of { $day }.
receivables-to-now = Show now
receivables-by-class = By account class
receivables-by-due = By due date
receivables-class-column = Class
receivables-all = All classes
receivables-owed = Owed
receivables-held = Held as credit
receivables-due-on = Due
receivables-age = Age
receivables-items = Open
receivables-none = Nothing is owed.
receivables-open-title = Open receivables
receivables-account = Account
receivables-what = What
receivables-asked = Asked
# $class (text)
receivables-class = { $class ->
    [residential] Residential
    [small_commercial] Small business
    [commercial] Commercial
    [industrial] Industrial
    [irrigation] Irrigation
    [municipal] Municipal
   *[other] { $class }
}
# $bucket (text)
receivables-bucket = { $bucket ->
    [current] Current
    [to_30] 1 to 30 days
    [to_60] 31 to 60 days
    [to_90] 61 to 90 days
    [to_120] 91 to 120 days
   *[over] Over 120 days
}
# $kind (text)
receivables-kind = { $kind ->
    [bill] Bill
    [late_fee] Late fee
    [returned_payment_fee] Returned payment fee
    [adjustment] Correction
    [credit_release] Refund to be paid back
   *[other] { $kind }
}

## Canceling a bill

cancellation-title = Cancel or bill again
# $number (text)
cancellation-bill = Bill { $number }
cancellation-hint = The bill stays as it was sent; a new entry takes it back. What was paid on it goes to what else is owed, and the rest is held for the next bill.
cancellation-reason = Reason
cancellation-action = Cancel the bill
# $number (text)
cancellation-done = Bill { $number } is canceled.
cancellation-was = This bill was canceled.
cancellation-not-issued = Only an issued bill can be canceled; a draft is voided.

## Billing a period again

rebill-title = What the period comes to now
rebill-hint = Worked out from today’s reads and published rates. Later bills that would come out differently are taken back and billed again with it: the newest is canceled first, the oldest billed first. A bill that asks for no more keeps its due date.
rebill-before = Billed
rebill-now = Comes to now
rebill-difference = Difference
# $amount (money)
rebill-more = The customer would owe { $amount } more.
# $amount (money)
rebill-less = The customer would owe { $amount } less.
rebill-same = The customer would owe the same.
rebill-action = Cancel and bill again
rebill-action-alone = Bill the period again
rebill-approve = Approve, cancel and bill again
rebill-proposed = It waits for somebody who may cancel bills. They see these figures and your reason.
rebill-proposal-hint = What it comes to today stands below. Approved, it is carried out just so.
rebill-proposal-refused = The proposal is refused. The bill stays as it is.
rebill-nothing-waits = Nothing waits here any more: it was decided or given up.
rebill-queue = Bills to cancel and bill again
rebill-held = The period cannot be billed as things stand. Mend what is named above; the bill can be canceled alone meanwhile.
rebill-changed = The figures have changed since you saw them. Look at them again.
rebill-done = { $count ->
    [one] 1 period was billed again.
   *[other] { $count } periods were billed again.
}
# $number (text)
rebill-stands = Bill { $number } stands for it.

## Money that pays nothing yet

unapplied-title = Unapplied money
unapplied-hint = What is held for customers and pays nothing yet. It pays the next bill by itself; here it is paid out, carried to another account, or put on what is owed.
# $count (number)
# $held (money)
unapplied-count = { $count ->
    [one] { $held } on 1 account.
   *[other] { $held } on { $count } accounts.
}
unapplied-none = Nothing is held for anybody.
unapplied-refund = Refund
unapplied-transfer = Transfer
unapplied-apply = Apply
# $amount (money)
unapplied-applied = { $amount } is put on what is owed.
unapplied-nothing-owed = Nothing is owed that it could pay. Pay it out or carry it to another account.
# $count (number)
unapplied-unknown = { $count ->
    [one] Money came that belongs to no account: 1 finding waits for somebody.
   *[other] Money came that belongs to no account: { $count } findings wait for somebody.
}

## Every level payment plan

plans-title = Level payment plans
# $count (number)
plans-count = { $count ->
    [one] 1 plan
   *[other] { $count } plans
}
plans-none = No plans.
plans-any = All
plans-monthly = With each bill
plans-difference = Difference
plans-place = Bill of its year
# $place (number)
# $year (number)
plans-place-of = { $place } of { $year }
plans-review = Looked at again
# $bills (number)
plans-review-in = { $bills ->
    [one] with the next bill
   *[other] in { $bills } bills
}
