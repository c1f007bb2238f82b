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
dispute-home = { $amount } of it is in dispute. It need not be paid until we have decided; the rest, if any, stays due.
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
dispute-sent = Your dispute is open. This page shows what happens next.
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
    [corrected] The bill was wrong.
   *[withdrawn] The dispute was taken back.
}
# $outcome (text)
# $credit (money)
dispute-by-hand = { $outcome ->
    [corrected] The bill was wrong, and { $credit } is credited to the account.
   *[upheld] The bill stands, and { $credit } is credited to the account.
}
# $credit (money)
dispute-rebilled-interest = The bill was wrong. It is canceled, a corrected bill takes its place, and { $credit } of interest is credited.
# $outcome (text)
# $amount (money)
# $day (date)
dispute-after = { $outcome ->
    [upheld] The { $amount } is owed again as the bill asks for it. A late fee is possible from { $day } at the earliest.
    [corrected] { $amount } of what was in dispute is still to be paid. It draws no late fee before { $day }.
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
# $given (money)
office-dispute-given = Since the dispute was opened, { $given } was given on the account by hand. The letter says so, whatever you decide.
office-dispute-not-corrected = That the bill was wrong is decided with its correction: choose an outcome above, or correct the account first. Until that is done the dispute stays open and keeps its day.
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

# The workbench: what the office judges a dispute by
bench-lines = Disputed services and how each line was worked out
bench-reads = Reads of this bill, and who took them
bench-paid = Put on this bill
bench-paid-none = Nothing was paid on this bill.
bench-notices = Told since the bill’s days began
bench-others = Other disputes of this account
bench-others-none = This account has no other dispute.

# The lawful outcomes
remedy-title = Outcomes
remedy-hint = Each is worked out from the evidence as it stands today. Nothing is done before you have seen what it comes to.
# $remedy (text)
dispute-remedy = { $remedy ->
    [upheld] The bill stands
    [rebilled] Cancel and bill again
    [leak_adjustment] Leak adjustment
    [refund] Refund of a billing error
   *[goodwill] Goodwill credit
}
# $remedy (text)
remedy-means = { $remedy ->
    [upheld] The evidence says that the bill is right. The customer is told why, and has two weeks before a late fee is possible.
    [rebilled] The bill, and each later one that would come out differently, is taken back and billed again from today’s reads and rates.
    [leak_adjustment] The bill is priced again without the share of the leak that the policy forgives. The bill itself stands.
    [refund] What was charged wrongly is given back. What was paid of it earns simple interest from the day of the payment.
   *[goodwill] Something is given without owing it. The bill stands.
}
# $remedy (text)
# $credit (money)
dispute-remedy-told = { $remedy ->
    [upheld] The bill stands as it was.
    [rebilled] The bill was wrong. It is canceled, and a corrected bill takes its place.
    [leak_adjustment] The bill stands, and { $credit } is credited for the leak.
    [refund] The bill was wrong, and { $credit } is credited to the account, with interest on what was paid of it.
   *[goodwill] The bill stands, and { $credit } is credited as a courtesy.
}
# $remedy (text)
remedy-words = { $remedy ->
    [upheld] We looked at the reads, the rates and the use of the months before. The bill agrees with them. If you do not agree, ask for the billing manager; you may also ask for an informal hearing.
    [rebilled] We billed the period again from the reads and rates as they are now. The new bill shows what has changed.
    [leak_adjustment] We compared the bill with the same months before and credited the share of the leak that our policy forgives.
    [refund] We charged you wrongly, and credit it to your account. We are sorry.
   *[goodwill] We give you this credit as a courtesy.
}
remedy-words-hint = In the customer’s language. They are part of the letter.
remedy-look-at = Look at it
remedy-look = Work it out
remedy-carry-out = Carry it out and tell the customer
remedy-comes-to = What it comes to
remedy-price-upheld = Nothing changes on the account.
# $bills (number)
# $difference (money)
remedy-price-rebilled = { $bills ->
    [one] { $difference } by one bill
   *[other] { $difference } by { $bills } bills together
}
remedy-price-same = The bill comes out the same from today’s reads and rates. Take or correct a read first.
# $credit (money)
remedy-price-credit = { $credit } is credited
# $interest (money)
remedy-price-refund = At most what is in dispute, and { $interest } of interest on it
remedy-price-refund-alone = At most what is in dispute; nothing of it was paid, so that no interest is owed
remedy-price-goodwill = As much as you decide, within your limit
remedy-amount = How much?
# $most (money)
remedy-amount-hint = At most { $most }, which is in dispute.
# $most (money)
remedy-more-than = No more than { $most } is in dispute.
# $most (money)
remedy-limit = You may still give up to { $most } on this account by yourself: what you gave in the last 30 days counts. What is more waits for a second person, and comes back here.
remedy-of-fund = From { $fund }
remedy-interest = Interest
remedy-in-all = In all
remedy-paid-on = Paid
remedy-too-much = Paid too much
# $amount (money)
remedy-undisputed = { $amount } of the account is not in dispute.
remedy-reread = Order a re-read
remedy-reread-hint = Somebody reads the meter again within five working days. The dispute stays open, and what is disputed stays set aside.
remedy-reread-now = Order it and tell the customer
remedy-reread-ordered = The meter is read again: request { $number }.
leak-used = Used in the days of this bill
# $basis (text)
# $bills (number)
leak-normal = { $basis ->
    [same_months] Normal, by the same months before ({ $bills })
   *[months_before] Normal, by the months before ({ $bills })
}
leak-above = Above the normal
leak-part = { $service }: { $share } % of it, { $forgiven } { $unit }, is priced no more
# $most (money)
leak-capped = The policy gives { $most } at the most.
leak-not-offered = The policy forgives no leaks. Whoever sets policies can add terms.
leak-no-water = This bill measures no water.
# $known (number)
# $least (number)
leak-too-few = { $known ->
    [one] One earlier bill is known, and the policy asks for { $least }.
   *[other] { $known } earlier bills are known, and the policy asks for { $least }.
}
leak-not-above = { $used } { $unit } were used and { $normal } are normal; the policy asks for { $percent } % above it.
# $months (number)
# $on (date)
leak-recently = { $months ->
    [one] It was forgiven on { $on }; the policy forgives once a month.
   *[other] It was forgiven on { $on }; the policy forgives once in { $months } months.
}
leak-not-priced = Nothing is left to forgive, or the bill does not price again from what it keeps. Correct the account by hand.

# The informal hearing
hearing-title = Informal hearing
hearing-none = No hearing is set. A customer may ask for one before the decision.
# $on (long day)
hearing-when = { $on }, { $hour }
hearing-set = Set a hearing
hearing-move = Move the hearing
hearing-set-now = Set it and tell the customer
hearing-day = Day
hearing-hour = Hour
hearing-hour-hint = As 14:30.
hearing-place = Place
hearing-place-hint = A room, or the telephone number that the customer is called at.
hearing-record = Record the hearing
hearing-record-now = Record it and tell the customer
hearing-attended = Who was there
hearing-words = What was said, and what follows
hearing-words-hint = The customer reads it.
hearing-was-set = The hearing is set, and the customer is told.
hearing-was-recorded = The hearing is recorded, and the customer is told.
hearing-past = Choose today or a later day.
hearing-not-an-hour = Write the hour as 14:30.
# $most (number)
hearing-line = Fill this in, with { $most } characters at the most.
hearing-not-set = No hearing is set. Set one first.
# $on (date)
hearing-not-yet = The hearing is on { $on }. Record it afterwards, or move it.
notice-hearing-set-subject = Your hearing is set
# $on (long day)
notice-hearing-set-text = The informal hearing of your dispute, number { $number }, is on { $on } at { $hour }: { $place }
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice and an opportunity to be heard
notice-hearing-set-rights = Somebody who can correct the bill hears you. You may bring papers, and somebody who speaks for you. If you can’t come, write or call us, and we set another day.
notice-hearing-recorded-subject = What was said at your hearing
# $on (date)
notice-hearing-recorded-text = This is what we recorded of the hearing of your dispute, number { $number }, on { $on }:

# The packet for a regulator, a council or a court
packet-title = Dispute { $number }
packet-link = Packet
packet-hint = Everything that the dispute was judged by and everything that was done. The public one withholds names, places, numbers and free text.
packet-whole-pdf = Whole, as a PDF
packet-whole-page = Whole, as a page
packet-public-pdf = For public records, as a PDF
packet-public-page = For public records, as a page
packet-whole = The whole record, with personal information. For whoever has a right to it.
packet-public = For public records: names, addresses, account and meter numbers, file names and free text are withheld.
packet-withheld = [withheld]
packet-about = The dispute
packet-account = Account number
packet-opened = Opened on
packet-acknowledged = Acknowledged on
packet-resolved = Resolved on
packet-days = Days open
packet-number = Number
packet-words = Words
packet-file = File
packet-trail = The trail: who did what, and when

## Outcomes that wait for a second person

proposal-title = With a second person
# $credit (money)
# $on (day)
proposal-made = { $credit } in all, proposed by { $who } on { $on }
# $difference (money)
# $on (day)
proposal-made-rebill = Difference on the bills: { $difference }, proposed by { $who } on { $on }
proposal-not-alone = Bills are canceled by somebody else. You propose it with your reason; they see these figures and decide.
# $credit (money)
proposal-today = As things stand today it comes to { $credit }.
proposal-not-now = It cannot be carried out as things stand today. Refuse it, or mend what keeps it from counting.
proposal-approve = Approve, carry it out and tell the customer
proposal-refuse = Refuse it
proposal-refuse-why = Why not
proposal-withdraw = Give it up
proposal-made-now = This is more than you decide alone. It waits for a second person; the dispute stays open.
proposal-was-refused = The proposal is refused. Whoever works the dispute chooses another outcome.
proposal-was-withdrawn = The proposal is given up.
# $who (text)
proposal-waits = What { $who } proposed waits for a second person. It is decided or given up first.
proposals-queue = Outcomes of disputes
