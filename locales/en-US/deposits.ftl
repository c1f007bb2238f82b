# Deposits: at the office, and what a customer reads of their own.

deposits-title = Deposits
deposits-hint = What is asked for or held as security. Nothing is given back by itself: somebody looks at each.
deposits-ripe = May be given back
# $all (number)
deposits-of = { $all ->
    [one] of 1 deposit
   *[other] of { $all } deposits
}
deposits-held-hint = with interest, beside what accounts owe
deposits-unpaid-hint = part of what accounts owe
deposits-all = Asked for or held
deposits-none = No deposit is asked for or held.
# $shown (number)
deposits-more = The first { $shown } are shown.
deposit-whole-since = Paid in full since
deposit-may-release = may be given back

deposit-title = Deposit
# $on (date)
deposit-of = Deposit asked for on { $on }
# $status (text)
deposit-status = { $status ->
    [asked] Asked for
    [part_paid] Partly paid
    [held] Held
    [released] Given back
    [waived] Waived
   *[other] { $status }
}
# $reason (text)
deposit-reason = { $reason ->
    [new_customer] New customer
    [paid_late] Bills paid late
    [shut_off] Shut off for what was owed
   *[other] { $reason }
}
# $step (text)
deposit-step = { $step ->
    [asked] Deposit asked for
    [waived] Deposit waived
    [interest] Interest on the deposit
    [released] Deposit given back
    [applied] Deposit put on the last bill
   *[other] { $step }
}
deposit-asked = Asked for
deposit-paid = Paid
deposit-unpaid = Still to be paid
# $day (day)
deposit-due-from = due from { $day } on
deposit-waived = Waived
deposit-interest = Interest
deposit-held = Held
deposit-history = What happened
deposit-came = Paid
deposit-went-back = Payment taken back
deposit-never = No deposit was ever asked for on this account.
deposit-policy-says = What the policy says
deposit-late-bills = Bills paid late
# $bills (number)
# $months (number)
deposit-late-in = { $bills } in { $months } months
deposit-most = The most that may be asked for
deposit-why = Reasons to ask
deposit-no-reason = None: the policy asks this account for no deposit
deposit-ask-title = Ask for a deposit
deposit-ask-hint = It is added to what the account owes. What is paid of it is held, and is no revenue.
deposit-installments-label = To be paid in
# $count (number)
deposit-installments = { $count ->
    [one] one sum
   *[other] { $count } monthly parts
}
deposit-look-ask = Look at the deposit
deposit-waive-title = Waive what is not paid
deposit-waive-hint = It is no longer owed. What was paid stays held.
deposit-why-waive = Why it is waived
deposit-look-waive = Look at the waiver
deposit-release-title = Give the deposit back
deposit-release-hint = It pays what the account owes; what is left is a credit that can be paid out. Interest is added up to today, and what was never paid is waived.
deposit-why-release = Why it is given back
deposit-look-release = Look at the release
# $act (text)
deposit-confirm = { $act ->
    [ask] Ask for it
    [waive] Waive it
   *[release] Give it back
}
# $act (text)
deposit-done = { $act ->
    [ask] The deposit is asked for.
    [waive] What was not paid of the deposit is waived.
   *[release] The deposit is given back.
}
# $held (money)
deposit-credit = A credit of { $held } is held for this customer.

deposit-not-asked = The policy asks this class of account for no deposit.
# $reason (text)
deposit-not-so = { $reason ->
    [new_customer] The account is not new any more.
    [paid_late] Too few bills were paid late for a deposit.
   *[shut_off] The account was not shut off in the months that count.
}
# $most (money)
deposit-wrong-amount = Write an amount above nothing and up to { $most }: the policy asks for no more.
# $most (number)
deposit-wrong-installments = The policy lets a deposit be paid in 1 to { $most } parts.
deposit-is-open = A deposit is asked for or held already.
deposit-stopped = A hold on this account keeps deposits away. It stands on the account's page under holds.
deposit-account-ended = The account has ended: nobody is asked for a deposit any more.
# $status (text)
deposit-ended = { $status ->
    [released] The deposit was given back already.
   *[waived] The deposit was waived already.
}
deposit-nothing-unpaid = All of the deposit is paid. Give it back instead.
deposit-nothing-held = Nothing is held as a deposit. Waive what is not paid instead.
# $most (number)
deposit-note-long = Write at most { $most } letters.
deposit-no-part = The chart of accounts lacks the fund of the deposit policy, or an account with the part “deposits-asked”, “deposits-held” or “deposit-interest”. It is set under Policies, Chart of accounts.
correction-deposit-open = A deposit is still asked for or held. Waive it or give it back first, on the account's page under Deposit.

# $unpaid (money)
deposit-strip-unpaid = { $unpaid } still to be paid
# $interest (money)
deposit-strip-interest = with { $interest } interest

## What a customer reads

# $held (money)
deposit-home-held = We hold a deposit of { $held } for you. It is not part of what you owe.
# $unpaid (money)
# $on (day)
deposit-home-asked = { $unpaid } of what you owe is a deposit, next due { $on }. You get it back with interest.

# $amount (money)
# $account (text)
# $reason (text)
notice-deposit-asked-text = We ask for a deposit of { $amount } on the account ending { $account }. The reason: { $reason }.
# $parts (number)
# $on (date)
# $first (money)
notice-deposit-asked-due = { $parts ->
    [one] It is due on { $on }.
   *[other] You may pay it in { $parts } monthly parts. The first, { $first }, is due on { $on }.
}
notice-deposit-asked-held = What you pay of it stays yours: we hold it, it earns the interest that our rules give, and you get it back. Nothing is added to it if you pay late, but please call us if you cannot pay it.
notice-deposit-asked-subject = We ask for a deposit
notice-deposit-waived-subject = You owe less: your deposit was waived
# $amount (money)
# $account (text)
notice-deposit-waived-text = We no longer ask for { $amount } of the deposit on the account ending { $account }.
notice-deposit-back-subject = Your deposit was given back
# $account (text)
# $amount (money)
notice-deposit-back-text = We gave back your deposit on the account ending { $account }: { $amount } with its interest. It pays what you owed; what is left is a credit.
notice-deposit-action = See your account
