# A payment on a day to come: asking for it, seeing it, taking it back, and the letters about it. Regulated wording carries its rule above it.

scheduled-title = Pay on another day
scheduled-on-another-day = Pay on another day
scheduled-intro = Choose a day, and we charge your saved card or bank account on it. We never take more than you owe on that day.
scheduled-needs-method = To pay on another day you need a saved card or bank account.
scheduled-amount-hint = The most we charge. If less is owed on the day, we take less and tell you.
scheduled-on = Day
# $first (date)
# $last (date)
scheduled-on-hint = From { $first } to { $last }.
# $first (date)
scheduled-too-soon = Choose { $first } or a later day. To pay today, pay now instead.
# $last (date)
scheduled-too-far = Choose a day up to { $last }. We look no further ahead than 60 days.
# $last (month)
scheduled-expired = This card is good only through { $last }. Choose an earlier day or another way to pay.
scheduled-not-a-day = Choose a day, as 2026-12-31 or 12/31/2026.
scheduled-choose-method = Choose a saved way to pay.
scheduled-check-title = Check your scheduled payment
scheduled-most = Amount, at most
scheduled-waits = Nothing is charged now.
# $amount (money)
scheduled-owed-now = { $amount } is owed today and not in dispute. On the day we take what is owed then, up to your amount.
# $amount (money)
# $day (date)
scheduled-autopay-first = Autopay takes { $amount } on { $day }, before this payment. What it pays is not charged again.
scheduled-autopay-less = Autopay takes only what this payment leaves.
# $amount (money)
scheduled-equal = You have already scheduled a payment of { $amount }.
scheduled-equal-hint = Is this another one?
scheduled-equal-yes = Yes, schedule another one
scheduled-equal-answer = Say that you want another one, or go back.
# $day (date)
scheduled-button = Schedule for { $day }
scheduled-done = Scheduled. We sent you a confirmation.

# Regulated: 12 CFR 1005.3(b) and the Nacha rules for single debits: who is charged, how much, when, and how to stop it.
# $method (text)
# $day (date)
# $amount (money)
# $account (text)
# $phone (text)
scheduled-agreement = I authorize { -utility } to charge { $method } once, on { $day }, for up to { $amount } on account { $account }: never more than I owe and do not dispute at that time. If it can't be charged on that day for a reason on your side, it may be charged up to three days later. If it is refused, it is not tried again. I may cancel it online or at { $phone } until the day before, and on the day until it has begun.

## The payment

# $day (date)
scheduled-payment-title = Payment on { $day }
# $state (text)
scheduled-state = { $state ->
    [asked] Being charged
    [made] Charged
    [skipped] Not charged
    [stopped] Refused
    [canceled] Canceled
   *[planned] Scheduled
}
# $day (long day)
scheduled-will-charge = We charge it on { $day }. Until then you can cancel it.
scheduled-being-charged = It is being charged right now and can't be canceled any more.
# $taken (money)
scheduled-took = { $taken } was charged.
# $taken (money)
# $amount (money)
scheduled-took-less = { $taken } was charged, not { $amount }: no more was owed on the day.
scheduled-to-payment = See the payment
# $why (text)
scheduled-uncharged = { $why ->
    [covered] Nothing was charged: what you owed was already paid by money on its way.
    [too_small] Nothing was charged: what you owed is less than the smallest payment.
    [too_late] Nothing was charged: we could not charge it on the day or in the three days after. Please pay now.
   *[nothing_owed] Nothing was charged: nothing was owed on the day, or what was left is in dispute.
}
# $why (text)
scheduled-ended = { $why ->
    [removed] It was canceled because the card or bank account was removed. Please pay another way.
    [returned] It was canceled because a payment by the same card or bank account was returned or disputed. Please pay another way.
    [declined] It was canceled because the card or bank refuses to be charged. Please pay another way.
   *[stopped] It was canceled. Nothing is charged.
}
scheduled-cancel = Cancel this payment
scheduled-canceled = Canceled. Nothing is charged on that day.
# $day (date)
scheduled-canceled-autopay = Canceled. Autopay counted on it: on { $day } it takes no more than we told you. Pay what is left yourself.
scheduled-begun = It has begun, or its day is over: it can't be canceled any more.
scheduled-list = Scheduled payments
scheduled-see = See or cancel

## On other pages

# $amount (money)
# $day (day)
scheduled-home = { $amount } is scheduled for { $day }.
# $amount (money)
# $day (date)
scheduled-takes = { $amount } is scheduled for { $day }. If you pay now, it takes only what is still owed then.
scheduled-removal = A payment scheduled with it is canceled.

## Letters

notice-scheduled-planned-subject = Your payment is scheduled
# $amount (money)
# $account (text)
# $day (date)
# $method (text)
notice-scheduled-planned-text = We charge up to { $amount } for account { $account } on { $day } from { $method }. This is the copy of what you agreed to:
notice-scheduled-less-subject = Your scheduled payment took less
# $account (text)
# $taken (money)
# $amount (money)
notice-scheduled-less-text = The scheduled payment for account { $account } charged { $taken }, not { $amount }: no more was owed on the day.
notice-scheduled-skipped-subject = Your scheduled payment was not charged
# $amount (money)
# $account (text)
# $day (date)
notice-scheduled-skipped-text = The payment of up to { $amount } for account { $account }, scheduled for { $day }, was not charged.
notice-scheduled-refused-subject = Your scheduled payment was refused
# $amount (money)
# $account (text)
notice-scheduled-refused-text = The scheduled charge of { $amount } for account { $account } was refused. Nothing was paid, and we do not try again. Please pay another way.
notice-scheduled-canceled-subject = Your scheduled payment is canceled
# $amount (money)
# $account (text)
# $day (date)
notice-scheduled-canceled-text = The payment of up to { $amount } for account { $account }, scheduled for { $day }, is canceled.
notice-scheduled-action = See the payment

## The office

account-scheduled = Scheduled payments
# $amount (money)
# $day (date)
# $method (text)
account-scheduled-line = { $amount } on { $day }, { $method }
account-scheduled-cancel = Cancel it
account-scheduled-hint = Nothing is charged on that day, and the customer is told.
account-scheduled-cancel-now = Cancel it now
account-scheduled-canceled = The scheduled payment is canceled, and the customer is told.
# $day (date)
account-scheduled-canceled-autopay = The scheduled payment is canceled, and the customer is told. Autopay counted on it: on { $day } it takes no more than the customer was told. Say that what is left has to be paid by hand.
account-scheduled-begun = It has begun, or its day is over: it can't be canceled any more.
