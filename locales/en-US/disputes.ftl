# "This bill looks wrong": the form, what happens next, the decision.

dispute-title = This bill looks wrong
dispute-link = Does something look wrong? Tell us
dispute-link-service = This looks wrong
dispute-link-read = A read looks wrong
# $amount (money)
dispute-on-bill = { $amount } of this bill is in dispute. No late fee is charged on it meanwhile.
dispute-on-bill-link = See the dispute
# $amount (money)
dispute-was-decided = { $amount } of this bill was in dispute. That is decided.
dispute-badge = In dispute
dispute-decided-before = What you marked was decided already, as this page says. If you do not agree, ask for the billing manager.
dispute-withdraw-text = We stop looking at it. What you disputed is due as before, and a late fee is possible from today where the due date has passed.
# $amount (money)
dispute-home = { $amount } of it is in dispute. It need not be paid until we have decided; the rest stays due.
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice and an opportunity to be heard
dispute-right = You have the right to say that a bill is wrong and to be heard by somebody who can correct it. The amount you dispute draws no late fee until we have decided.
dispute-why = Why does it look wrong?
dispute-choose = Choose a reason
dispute-choose-reason = Choose the reason that fits best.
# $reason (text)
dispute-reason = { $reason ->
    [too_much_use] More use than I can have had
    [read_wrong] A read is not what my meter showed
    [estimated] It was estimated
    [price_wrong] A price or fee does not apply to me
    [not_mine] It was not mine: another place or time
    [paid_already] I paid it before
   *[other] Something else
}
dispute-lines = Which lines?
dispute-lines-hint = Mark the lines that look wrong. Mark none if it is the bill as a whole.
dispute-amount = How much of it is wrong?
# $total (money)
dispute-amount-hint = Leave empty for all that you marked. At most what the lines say, and { $total } in all.
dispute-words-hint = What you expected and why: a move, a repair, what the meter shows, when you paid.
dispute-send = Dispute this amount
dispute-sent = Your dispute is open. The amount is set aside, and this page shows what happens next.
dispute-nothing = There is no amount to dispute. Write more than $0.00.
# $most (money)
dispute-more-than = What you marked comes to { $most }. Write no more than that.
# $amount (money)
dispute-amount-title = { $amount } in dispute
dispute-next = What happens next
# $amount (money)
dispute-next-frozen = { $amount } is set aside: no late fee is charged on it, and autopay leaves it out.
dispute-next-paid = Nothing of it is left to pay. If the bill was wrong, the difference comes back to your account.
dispute-next-rest = The rest of the bill keeps its due date. You can pay any amount at any time; what you pay goes to the undisputed part first.
# $day (long day)
dispute-next-decided = Somebody who can correct the bill looks at the reads, the prices and what you wrote, and decides by { $day }.
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice and an opportunity to be heard
dispute-next-heard = You can be heard before the decision: write on this page, call { $phone }, or ask for a meeting in person or by phone.
dispute-next-words = You get the decision and its reasons in writing. If you do not agree, ask for the billing manager.
# $outcome (text)
dispute-outcome = { $outcome ->
    [upheld] The bill stands as it was.
    [corrected] The bill was wrong, and we correct it.
   *[withdrawn] The dispute was taken back.
}
# $outcome (text)
# $amount (money)
# $day (date)
dispute-after = { $outcome ->
    [upheld] The { $amount } is due now. A late fee is possible from { $day } at the earliest.
    [corrected] What is corrected shows on your account. What is left of the { $amount } draws no late fee before { $day }.
   *[withdrawn] The { $amount } is due as it was before, with late fees possible from { $day }.
}
evidence-title = The evidence
evidence-same = You and we look at the same reads and the same months.
evidence-actual = Every read of this bill was taken from the meter.
evidence-estimated = At least one read of this bill was estimated.
evidence-no-reads = This bill rests on no dial reads: it was priced from hourly values or is a flat charge.
evidence-reads = Reads of this bill
evidence-meter = Meter
evidence-day = Day
evidence-value = Dial
evidence-quality = Quality
# $commodity (text)
evidence-chart = { $commodity ->
    [water] Water use by month
    [electric] Electricity use by month
    [gas] Gas use by month
   *[other] Use by month
}
# $kind (text)
# $since (day)
# $until (day)
# $daily (text)
# $unit (text)
evidence-leak = { $kind ->
    [night_flow] From { $since } to { $until } this meter did not stand still between one and five in the morning. That is about { $daily } { $unit } a day, and looks like something that runs day and night.
    [toilet] From { $since } to { $until } this meter counted small, even amounts in most hours between one and five in the morning, as a toilet does that refills by itself: about { $daily } { $unit } a day.
   *[change] From { $since } to { $until } about { $daily } { $unit } a day were used above the four weeks before.
}
evidence-no-leak = Nothing in the hours of these days looks like something that ran unnoticed.
# $homes (number)
# $middle (text)
# $unit (text)
# $own (text)
evidence-similar = Half of { $homes } similar homes billed for the same days used at most { $middle } { $unit }; this bill has { $own }.
# $mean (decimal)
# $change (text)
# $before (decimal)
evidence-weather = In the days of this bill the mean temperature was { $mean } °F, { $change ->
    [warmer] warmer than
    [colder] colder than
   *[same] the same as
} the { $before } °F of the same days a year before.
# $mean (decimal)
evidence-weather-alone = In the days of this bill the mean temperature was { $mean } °F.
evidence-month = Month
evidence-used = Used
evidence-cost = Cost
office-dispute-decide = Decide the dispute
office-dispute-decide-hint = You can correct bills, so you can decide. The customer is told the outcome and your reasons, and has two weeks before a late fee.
office-dispute-not-yours = A dispute is decided by somebody who can correct the bill.
office-dispute-outcome = Outcome
office-dispute-choose = Choose the outcome.
office-dispute-reasons = Reasons, for the customer
office-dispute-decide-now = Decide and tell the customer
office-dispute-decided = The dispute is decided, and the customer is told.
office-dispute-correct = Correct the account
office-dispute-cancel = Cancel and rebill
office-dispute-bill = The bill
# $amount (money)
office-dispute-account = { $amount } in dispute

notice-dispute-received-subject = Your bill is in dispute
# $amount (money)
notice-dispute-received-text = You told us that { $amount } of bill { $bill }, account ending { $account }, is wrong. Your dispute has the number { $number }.
# $amount (money)
# $answer_by (date)
notice-dispute-received-meanwhile = Until we have decided, no late fee is charged on { $amount } of it and autopay leaves that out. The rest of the bill keeps its due date. We decide by { $answer_by }.
# $answer_by (date)
notice-dispute-received-paid = Nothing of that amount is left to pay. If the bill was wrong, the difference comes back to your account. We decide by { $answer_by }.
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice and an opportunity to be heard
notice-dispute-received-heard = You can be heard before that by somebody who can correct the bill: write on the page of the dispute, call us, or ask for a meeting.
notice-dispute-decided-subject = We decided your dispute
notice-dispute-decided-text = Your dispute, number { $number }: { $outcome }
notice-dispute-canceled-text = Bill { $bill } is taken back, and nothing is owed on it any more. With that your dispute, number { $number }, is closed. A corrected bill, where there is one, comes by itself and can be disputed like any other.

# Disputes that the office opens, and what comes with them
# $way (text)
dispute-came-by = { $way ->
    [phone] By telephone
    [letter] By letter
    [counter] At the counter
    [email] By e-mail
   *[portal] On the portal
}
office-dispute-new = Open a dispute
office-dispute-new-hint = For a customer who calls, writes or stands at the counter. What they dispute is set aside at once, and they are told in writing.
office-dispute-which = Which bill?
office-dispute-other-bill = Another bill
office-dispute-came-by = It came
office-dispute-reason = Reason
office-dispute-words = What the customer says
office-dispute-words-hint = In their own words as far as possible; they read it too.
office-dispute-open-now = Open the dispute and tell the customer
office-dispute-opened = The dispute is open, the amount is set aside, and the customer is told.
office-dispute-barred = Nothing more of this bill can be disputed:
office-dispute-open-already = This bill is in dispute already: { $number }.
office-dispute-decided-already = What you marked was decided already: { $number }.
office-dispute-acknowledge = Acknowledge by
# $on (date)
office-dispute-acknowledged = Acknowledged on { $on }
request-documents = Documents
request-documents-none = No document is kept with it.
request-document-hint = PDF or pictures, 10 MB each and 40 MB together at the most; more can be added afterwards.
