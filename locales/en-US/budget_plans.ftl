# Level payment plans (budget billing): at the customer's door, on bills, in the office, and the letters about them.

budget-plan-title = Level payment plan
budget-plan-profile = Pay about the same with every bill
budget-plan-on = On
budget-plan-off = Off
budget-plan-intro = You pay about the same with every bill. We go on to bill what you really use, and keep count of the difference: what is put off, or what you paid ahead. Both amounts are on every bill. No late fee is charged on what is put off, and nobody is shut off for it.
# $variant (text)
budget-plan-variant = { $variant ->
    [fixed] Fixed amount, looked at during the year
    [rolling] Rolling average
   *[equal] Equal amounts, settled at the end of the year
}
# $variant (text)
budget-plan-variant-hint = { $variant ->
    [fixed] The average of your last bills. We look at it again some times in the year, and after a year what you paid too much is credited; what is missing is spread over the next year.
    [rolling] Each bill asks for the average of your last bills, this one included, and a part of the difference so far. Nothing is settled as long as you stay.
   *[equal] The average of your last bills, the same until the last bill of the year, which settles the difference.
}
budget-plan-choose = How the amount is worked out
budget-plan-settle = What is missing at the end of the year
# $settle (text)
budget-plan-settle-way = { $settle ->
    [pay] is paid with the last bill of the year
   *[spread] is spread over the bills of the next year
}
budget-plan-settle-hint = For equal amounts only. What you paid too much always comes off the last bill.
budget-plan-look = Show the amounts
budget-plan-would = What your last bills would have asked
budget-plan-ended = Bill through
budget-plan-charges = Actual charges
budget-plan-asked = Asked
budget-plan-difference-after = Put off with it
budget-plan-monthly = Each bill asks
# $amount (money)
budget-plan-about = about { $amount } at first
budget-plan-words = What you agree to
budget-plan-agree = I agree to these words
budget-plan-must-agree = Check the box to agree to the words above it.
budget-plan-join = Start the plan
budget-plan-joined = The plan is on. Your next bill asks the level amount.
budget-plan-changed = The amount has changed since you looked. Read it again, and agree again.
budget-plan-not-possible = This is not possible today
budget-plan-instead = Call us at { $phone }: we look at it with you.
budget-plan-put-off = Charged and not asked yet
budget-plan-ahead = Paid ahead of charges
budget-plan-now = Asked now
budget-plan-whole = Owed in all
budget-plan-since = Agreed
# $by (text)
# $on (date)
budget-plan-agreed-by = Agreed by { $by } on { $on }.
budget-plan-agreed = The words that were agreed to
budget-plan-bills = Bills under the plan
budget-plan-bills-none = No bill came since the plan began.
budget-plan-canceled = Canceled
budget-plan-steps = What happened
# $kind (text)
budget-plan-step = { $kind ->
    [enrolled] Plan agreed
    [reviewed] Amount changed
    [settled] Difference settled
   *[ended] Plan ended
}
# $amount (money)
budget-plan-step-monthly = { $amount } with each bill
# $amount (money)
budget-plan-step-asked = { $amount } asked
# $amount (money)
budget-plan-step-credited = { $amount } credited
# $state (text)
budget-plan-state = { $state ->
    [open] In force
    [left] Left by the customer
    [ended] Ended by the office
    [removed] Ended, bills were not paid
   *[final] Settled with the last bill
}
budget-plan-leave = Leave the plan
# $amount (money)
# $on (date)
budget-plan-leave-owed = If you leave today, the { $amount } that is put off is asked from you by { $on }.
# $amount (money)
budget-plan-leave-credit = If you leave today, the { $amount } that you paid ahead is credited to your account.
budget-plan-leave-even = If you leave today, nothing more is asked for what was billed so far.
budget-plan-leave-now = Leave now
budget-plan-left = The plan has ended.
budget-plan-see = See the plan
# $amount (money)
budget-plan-home-off = Your plan puts off { $amount } of what was charged.
# $amount (money)
budget-plan-home-ahead = You paid { $amount } ahead of what was charged.
budget-plan-home-even = What you were asked is what was charged.
# $amount (money)
budget-plan-why = This compares what was charged. Your level payment plan asks { $amount } for this bill.
budget-plan-bill-title = Under your level payment plan
budget-plan-bill-asked = This bill asks
budget-plan-bill-off = Put off by your level payment plan
budget-plan-bill-ahead = Asked ahead by your level payment plan
budget-plan-bill-difference = Put off in all, not due now
budget-plan-bill-difference-ahead = Paid ahead in all
budget-plan-refused-class = Accounts of this kind have no level payment plan.
budget-plan-refused-already = A plan is in force.
budget-plan-refused-not-active = The account is not served and billed.
budget-plan-refused-ledger = The books have no account for what plans put off: the part budget-billing of the chart of accounts is missing.
# $need (number)
# $have (number)
budget-plan-refused-history = An average needs { $need } bills, and there are { $have }.
budget-plan-refused-nothing = The last bills come to nothing.
# $amount (money)
budget-plan-refused-past-due = { $amount } is past due. Pay it first, or ask for more time.
# $on (date)
budget-plan-refused-removed = A plan ended because its bills were not paid. A new one is possible from { $on }.
# $account (text)
# $amount (money)
# $bills (number)
# $percent (decimal)
# $year (number)
# $least (money)
budget-plan-agreement-fixed = I pay level amounts on the account { $account }: { $amount } with each bill, the average of my last { $bills } bills. The amount is looked at again during the year and changes where the average is more than { $percent } percent away from it. After { $year } bills a surplus of { $least } or more is credited to me, and anything else is spread over the next { $year } bills.
# $account (text)
# $bills (number)
# $year (number)
# $amount (money)
budget-plan-agreement-rolling = I pay level amounts on the account { $account }: with each bill the average of my last { $bills } bills, that one included, and one part in { $year } of the difference between what was charged and asked so far. As of today the average is { $amount }.
# $account (text)
# $amount (money)
# $bills (number)
# $year (number)
# $settle (text)
budget-plan-agreement-equal = I pay level amounts on the account { $account }: { $amount } with each bill, the average of my last { $bills } bills. The last of each { $year } bills settles: a surplus comes off it, and a deficit { $settle ->
    [pay] is paid with it.
   *[spread] is spread over the next { $year } bills.
}
# $most (money)
# $missed (number)
# $days (number)
budget-plan-agreement-rest = No more than { $most } is put off in all; what goes beyond is asked with the bill. I may leave at any time. When I leave, when { $missed } bills are past due at once, or when service ends, what is put off is due within { $days } days, and what I paid ahead is credited to me.

## Office

office-budget-plan-act = Level plan
office-budget-plan-hint = Budget billing: the customer is asked for even amounts, the ledger keeps what was really charged.
office-budget-plan-read-aloud = Read to the customer
office-budget-plan-agreed = The customer agrees to these words
office-budget-plan-made = The plan is on.
office-budget-plan-end = End the plan
office-budget-plan-end-hint = What is put off becomes due, or what was paid ahead is credited. The reason is kept with the plan.
office-budget-plan-end-why = Why
office-budget-plan-end-now = End it now
office-budget-plan-ended = The plan has ended, and its difference is settled.
office-budget-plan-none = No plan is in force.
office-budget-plan-words-missing = Write why.
# $most (number)
office-budget-plan-words-long = Write at most { $most } letters.
# $whole (money)
office-budget-plan-off = put off; owed in all { $whole }
# $whole (money)
office-budget-plan-ahead = paid ahead; owed in all { $whole }

## Letters

notice-budget-joined-subject = Your level payment plan: what we agreed
# $account (text)
notice-budget-joined-text = The account ending { $account } is on a level payment plan from its next bill. This is what was agreed:
notice-budget-keep = Please keep this letter. The amounts are on the plan's page and on every bill, too.
notice-budget-reviewed-subject = Your level payment amount changes
# $account (text)
# $monthly (money)
# $before (money)
notice-budget-reviewed-text = We looked at the level payment plan of the account ending { $account } again. Your next bills ask { $monthly } each instead of { $before }, because the average of your last bills has changed.
# $amount (money)
notice-budget-off = { $amount } of what was charged is put off so far. It is not due now.
# $amount (money)
notice-budget-ahead = You have paid { $amount } ahead of what was charged so far.
notice-budget-settled-subject = A year of your level payment plan
# $account (text)
notice-budget-settled-text = A year of the level payment plan of the account ending { $account } is over.
# $amount (money)
notice-budget-settled-credit = { $amount } that you paid ahead was credited to your account.
# $amount (money)
notice-budget-settled-spread = { $amount } that was put off is spread over the next year.
# $amount (money)
notice-budget-settled-lower = { $amount } that you paid ahead lowers the amounts of the next year.
# $amount (money)
notice-budget-settled-monthly = Your next bills ask { $amount } each.
notice-budget-ended-subject = Your level payment plan has ended
# $account (text)
notice-budget-ended-text = The level payment plan of the account ending { $account } has ended. Your next bills ask what they charge.
# $account (text)
notice-budget-removed-text = The level payment plan of the account ending { $account } has ended because its bills were not paid. Your next bills ask what they charge.
# $amount (money)
# $on (date)
notice-budget-ended-owed = { $amount } that was put off is due by { $on }. If that is hard to pay at once, ask for more time.
# $amount (money)
notice-budget-ended-credit = { $amount } that you paid ahead was credited to your account.
notice-budget-ended-even = Nothing was put off.
notice-budget-action = See the plan
