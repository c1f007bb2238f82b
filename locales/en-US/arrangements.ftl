# More time to pay: extensions and payment arrangements, at the customer's door, in the office, and the letters about them.

more-time-title = More time to pay
# $kind (text)
arrangement-kind = { $kind ->
    [extension] Payment extension
   *[arrangement] Payment arrangement
}
# $state (text)
arrangement-state = { $state ->
    [open] In force
    [kept] Kept
    [broken] Broken
   *[canceled] Canceled
}
# $state (text)
arrangement-state-means = { $state ->
    [open] No late fee is charged on what it covers, and it is not past due, while each payment is made in time.
    [kept] Everything it covered is paid. Thank you.
    [broken] A payment was not made in time. What is left is due now, and a late fee is possible.
   *[canceled] We ended it. What is left is due as before.
}
arrangement-number = Number { $number }
arrangement-badge = In arrangement
more-time-intro = Pick a later date, or spread what you owe over monthly payments. You see every date and amount before you agree.
# $amount (money)
more-time-owed = You owe { $amount }, not counting what is in dispute.
# $amount (money)
more-time-pending = { $amount } is on its way. When it arrives it counts toward the first payment below.
more-time-on = You have more time already
more-time-see = See its dates and amounts
more-time-extension = A later due date
more-time-extension-hint = For everything that falls due before the new date. The new date is a day on which our office is open.
# $amount (money)
# $day (long day)
more-time-until = Pay { $amount } by { $day }
# $days (number)
more-time-days = { $days ->
    [one] 1 more day
   *[other] { $days } more days
}
more-time-monthly = Monthly payments
more-time-monthly-hint = For everything that you owe today. New bills are paid by their own due dates. Each date is a day on which our office is open.
more-time-down = First payment
# $least (money)
# $most (money)
more-time-down-hint = At least { $least }, at most { $most }.
more-time-down-show = Show the amounts
more-time-first = First
more-time-each = Then each month
more-time-last-day = Last one
more-time-nothing-first = Nothing
# $count (number)
more-time-count = { $count ->
    [one] 1 monthly payment
   *[other] { $count } monthly payments
}
payday-by = Pay on
payday-bills = The days on which bills are due
# $every (text)
payday-every = { $every ->
    [week] Paydays, every week
    [two_weeks] Paydays, every two weeks
   *[month] Paydays, every month
}
# $every (text)
payday-each = { $every ->
    [week] every week
    [two_weeks] every two weeks
   *[month] every month
}
payday-next = Next payday
payday-next-hint = Only where it is by paydays.
# $from (date)
# $last (date)
payday-not-then = Choose a next payday from { $from } to { $last }.
payday-none = By these days no length is possible. Choose others, or pay more first.
payday-then = Then each payday
# $count (number)
# $each (text)
more-time-paydays = { $count ->
    [one] 1 payment, { $each }
   *[other] { $count } payments, { $each }
}
more-time-not-offered = This is not possible today
more-time-instead = What you can do instead
# $phone (text)
more-time-call = Call us at { $phone }: we look at it with you, and we know who helps with bills.
more-time-pay-part = Pay what you can. Every payment makes what is owed smaller, and no late fee is charged on what is paid in time.
more-time-earlier = Earlier ones
# $day (date)
more-time-made = Agreed { $day }

arrangement-refused-nothing = You owe nothing that is not in dispute.
arrangement-refused-not-active = This account is not in service. Call us about its final bill.
arrangement-refused-already = One is in force already. Another is possible when it has ended.
arrangement-refused-class = It is not offered for this kind of account.
arrangement-refused-returned = A payment was returned by the bank. Pay that amount and its fee first.
# $least (money)
arrangement-refused-less = It begins at { $least } owed.
# $most (money)
arrangement-refused-more = It is possible up to { $most } owed.
# $days (number)
arrangement-refused-old = { $days ->
    [0] Something is past due.
    [one] Something is past due for more than 1 day.
   *[other] Something is past due for more than { $days } days.
}
# $most (number)
# $months (number)
arrangement-refused-often = { $most ->
    [one] It is possible once in { $months ->
        [one] 1 month
       *[other] { $months } months
    }, and that is used.
   *[other] It is possible { $most } times in { $months ->
        [one] 1 month
       *[other] { $months } months
    }, and these are used.
}
# $day (date)
arrangement-refused-broken = An earlier agreement was not kept. It is possible again from { $day }.
arrangement-refused-length = This choice is not offered. Choose one from the list.
# $least (money)
arrangement-refused-down-small = The first payment is at least { $least }.
# $most (money)
arrangement-refused-down-large = The first payment is at most { $most }; the rest is paid monthly.

more-time-check-title = Check dates and amounts
arrangement-payments = Payments
arrangement-due = Due
arrangement-amount = Amount
arrangement-total = In all
# $days (number)
arrangement-grace = { $days ->
    [0] Each payment is in time up to its date.
    [one] Each payment is in time up to 1 day after its date.
   *[other] Each payment is in time up to { $days } days after its date.
}
arrangement-first = What you pay when one of these dates is near goes to that payment first, then to other bills.
more-time-first-now = Nothing is paid on this page. Make the first payment any day up to its date.
more-time-autopay = Autopay takes these payments together with the bills due on or after the same days. Make a payment before the next bill yourself.
more-time-words = What you agree to
# $amount (money)
# $day (date)
arrangement-agreement-part = { $amount } by { $day }
# $amount (money)
# $day (date)
# $grace (number)
arrangement-agreement-extension = I agree to pay { $amount } on the account ending { $account } by { $day }. Until then no late fee is charged on it. If it is not paid { $grace ->
    [0] by that date
    [one] within 1 day after that date
   *[other] within { $grace } days after that date
}, this extension ends, all that is left is due at once, and a late fee is possible from then.
# $amount (money)
# $grace (number)
arrangement-agreement = I agree to pay { $amount } on the account ending { $account } in these payments: { $payments }. I pay new bills by their own due dates. No late fee is charged on this amount meanwhile. If a payment is not made { $grace ->
    [0] by its date
    [one] within 1 day after its date
   *[other] within { $grace } days after its date
}, this arrangement ends, all that is left is due at once, and a late fee is possible from then.
more-time-agree = I have read this and agree to it
more-time-must-agree = Check the box to agree.
more-time-confirm = Agree
more-time-changed = Something was paid or charged meanwhile. Look at the new dates and amounts.
more-time-copy = We keep these words as you read them and send you a copy.
more-time-done = Agreed. You get a copy of the words.

# $state (text)
installment-state = { $state ->
    [paid] Paid
    [due] To come
    [late] Late
    [missed] Missed
   *[aside] In dispute
}
# $amount (money)
installment-left = { $amount } left
# $amount (money)
arrangement-left = { $amount } left to pay
# $amount (money)
# $day (date)
arrangement-next = Next: { $amount } by { $day }
# $amount (money)
# $day (date)
arrangement-beside = Beside it, { $amount } of other bills is due by { $day }.
# $amount (money)
arrangement-pay = Pay { $amount }
# $day (date)
installment-moved = Agreed for { $day }; moved by a dispute or a returned payment
arrangement-agreed = What you agreed to
# $by (text)
# $day (date)
arrangement-agreed-by = Agreed by { $by } on { $day }.
# $kind (text)
# $amount (money)
# $day (day)
arrangement-home = { $kind ->
    [extension] { $amount } is due { $day } with your extension.
   *[arrangement] { $amount } is due { $day } of your payment arrangement.
}
# $kind (text)
# $amount (money)
# $day (day)
arrangement-home-late = { $kind ->
    [extension] { $amount } of your extension is late. Pay it by { $day } to keep it.
   *[arrangement] { $amount } of your payment arrangement is late. Pay it by { $day } to keep it.
}

# $amount (money)
# $day (day)
arrangement-home-beside = { $amount } of it is not in the agreement and is due { $day }.

# $amount (money)
arrangement-bill-before = { $amount } of this was owed before. What of it is in your agreement on more time is due by the dates of that.

## The office

office-arrangements = Arrangements
office-arrangements-hint = Extensions and payment arrangements, newest first.
# $count (number)
office-arrangements-count = { $count ->
    [one] 1 agreement
   *[other] { $count } agreements
}
office-arrangements-none = There are none here.
office-arrangements-any = All
office-arrangement-kind = Kind
office-arrangement-next = Next due
office-arrangement-left = Left
office-arrangement-made = Agreed
# $channel (text)
# $who (text)
# $day (date)
office-arrangement-made-by = { $channel ->
    [portal] agreed by { $who } on the portal, { $day }
   *[office] made by { $who } in the office, { $day }
}
# $version (number)
office-arrangement-policy = { $version ->
    [0] By the policy that ships with the program
   *[other] By version { $version } of the policy
}
office-arrangement-in = In arrangement
# $kind (text)
# $day (day)
office-arrangement-due = { $kind ->
    [extension] extension to { $day }
   *[arrangement] next due { $day }
}
office-arrangement-late = a payment is late
# $day (date)
office-arrangement-broken = A payment arrangement was broken on { $day }
office-arrangement-open-it = Look at it
office-arrangement-steps = What happened
office-arrangement-paid = Paid
office-arrangement-covered = What it covers
office-arrangement-cancel = End it
office-arrangement-cancel-hint = What it covers is due again as before, and late fees are possible some days from today. The customer is told your reason.
office-arrangement-cancel-why = Reason, for the customer
office-arrangement-cancel-now = End it and tell the customer
office-arrangement-words-missing = Write the reason.
# $most (number)
office-arrangement-words-long = Write no more than { $most } letters.
office-arrangement-ended = It has ended meanwhile.
office-arrangement-canceled = The agreement is ended, and the customer is told.
office-arrangement-act = More time
office-arrangement-new = Give more time to pay
office-arrangement-new-hint = The same policy as on the portal holds. Read the words to the customer before you make it.
office-arrangement-read-aloud = Words to read to the customer
office-arrangement-autopay = Autopay is on. It takes these payments together with the bills due on or after the same days; say that a payment before the next bill has to be made by hand.
office-arrangement-agreed = The customer heard these words and agreed
office-arrangement-make = Make it
office-arrangement-done = Made, and the customer is told.
# $broken (number)
office-arrangement-today = { $broken ->
    [0] none broken in 30 days
    [one] 1 broken in 30 days
   *[other] { $broken } broken in 30 days
}

## Letters and texts

notice-arrangement-made-subject = More time to pay: what we agreed
# $about (text)
notice-arrangement-made-text = { $about ->
    [extension] Your payment extension for the account ending { $account } has the number { $number }. This is what was agreed:
   *[arrangement] Your payment arrangement for the account ending { $account } has the number { $number }. This is what was agreed:
}
notice-arrangement-keep = Please keep this letter. The dates and amounts are on its page, too.
notice-arrangement-action = See dates and amounts
notice-arrangement-due-soon-subject = A payment we agreed is due soon
# $about (text)
# $amount (money)
# $due_on (date)
notice-arrangement-due-soon-text = { $about ->
    [extension] With your extension, { $amount } on the account ending { $account } is due by { $due_on }.
   *[arrangement] { $amount } of your payment arrangement for the account ending { $account } is due by { $due_on }.
}
notice-arrangement-late-subject = A payment we agreed is late
# $about (text)
# $amount (money)
# $due_on (date)
notice-arrangement-late-text = { $about ->
    [extension] { $amount } of your extension for the account ending { $account } was due by { $due_on } and has not come.
   *[arrangement] { $amount } of your payment arrangement for the account ending { $account } was due by { $due_on } and has not come.
}
# $until (date)
notice-arrangement-late-until = It is still in time until { $until }. After that the agreement ends and all that is left is due at once.
notice-arrangement-kept-subject = Everything we agreed is paid
# $about (text)
notice-arrangement-kept-text = { $about ->
    [extension] What your extension for the account ending { $account } covered is paid. Thank you.
   *[arrangement] What your payment arrangement for the account ending { $account } covered is paid. Thank you.
}
notice-arrangement-reopened-subject = Your agreement on more time to pay is in force again
# $about (text)
# $account (text)
# $left (money)
notice-arrangement-reopened-text = { $about ->
    [extension] A payment that had paid what your extension for the account ending { $account } covers came back. { $left } of it is owed again, and the extension is in force again.
   *[arrangement] A payment that had paid what your payment arrangement for the account ending { $account } covers came back. { $left } of it is owed again, and the arrangement is in force again.
}
# $day (date)
notice-arrangement-reopened-until = None of it is due before { $day }. Payments with a later date keep it.
notice-arrangement-broken-subject = Your agreement on more time to pay has ended
# $about (text)
# $on (date)
notice-arrangement-broken-text = { $about ->
    [extension] A payment of your extension for the account ending { $account } was not made in time. The extension ended on { $on }.
   *[arrangement] A payment of your payment arrangement for the account ending { $account } was not made in time. The arrangement ended on { $on }.
}
# $left (money)
notice-arrangement-left = { $left } of what it covered is left and is due now. A late fee is possible.
notice-arrangement-call = If something has changed for you, call us: we look at it with you.
notice-arrangement-canceled-subject = We ended an agreement on more time to pay
# $about (text)
notice-arrangement-canceled-text = { $about ->
    [extension] We ended your extension for the account ending { $account }, for this reason:
   *[arrangement] We ended your payment arrangement for the account ending { $account }, for this reason:
}
# $amount (money)
# $due_on (date)
text-arrangement-due-soon = { $amount } that we agreed is due { $due_on }.
# $amount (money)
# $until (date)
text-arrangement-late = { $amount } that we agreed is late. It is in time until { $until }.
# $left (money)
text-arrangement-broken = A payment was missed and your agreement on more time has ended. { $left } is due now.
