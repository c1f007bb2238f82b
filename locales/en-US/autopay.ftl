# Saved ways to pay, autopay, and the letters about them. Regulated wording carries its rule above it.

## Ways to pay

methods-title = Ways to pay
methods-intro = A saved way pays in two taps, and autopay can use it. Our payment processor keeps the number; we never see it.
methods-none = Nothing is saved yet.
methods-first = Offered first
methods-expired = Expired
# $day (month)
methods-expires = Good through { $day }
# $kind (text)
methods-bank-kind = { $kind ->
    [savings] Savings account
   *[checking] Checking account
}
methods-charged = Autopay charges this one.
methods-made-first = It is offered first from now on.
methods-make-first = Offer first
methods-remove = Remove
methods-add = Add a way to pay
methods-add-card = Add a card
methods-add-bank = Add a bank account
methods-saved = Saved. You can pay with it now.
methods-waiting = It is not ready yet: the bank is still checking it. It appears here as soon as it can be used.
methods-removed = Removed. It is not charged any more.
methods-removal-title = Remove this way to pay?
methods-removal-autopay = Autopay uses it, and ends with it. You would then pay each bill yourself, or join again with another way.
methods-removal-text = The payment processor forgets it. Payments you made with it stay in your history.
methods-keep = Keep it

pay-by-other-card = Another card
pay-by-other-bank = Another bank account
pay-at-once = When you press the button, this way to pay is charged at once.

sandbox-setup-title = Save a test number
sandbox-setup-text = Nothing is charged now. What you give here can be charged later.
sandbox-setup-button = Save
sandbox-setup-back = Back without saving
sandbox-setup-mandate = By saving you allow debits from the test account, each time you ask for one or by autopay.

## Autopay

autopay-title = Autopay
autopay-on = On
autopay-off = Off
autopay-paused = Paused
autopay-paused-until = Paused until
autopay-intro = We charge each bill automatically, so that you are never late. You see the day and the amount before, you can set a limit, and you can stop at any time.
autopay-when = When
autopay-on-due = On the due date
autopay-on-chosen = On a day you choose
# $day (number)
autopay-on-day = On day { $day } of the month
autopay-day = Day of the month
autopay-day-hint = Counts only if you choose a day. It lies at least ten days after the bill and not after its due date; where it can't, we charge on the due date.
autopay-cap = Most in one charge
autopay-cap-hint = Leave empty for no limit. If a bill comes to more, we charge nothing and tell you.
autopay-no-cap = No limit
autopay-next = What comes next
# $day (date)
autopay-bill = Bill due { $day }
# $amount (money)
# $day (date)
autopay-will-charge = Included: { $amount } on { $day }.
# $amount (money)
autopay-charged = Charged: { $amount } is on its way.
autopay-was-refused = It was refused. Please pay it yourself.
autopay-see-bill = See the bill
autopay-no-bill = No bill is open.
# $amount (money)
autopay-late = { $amount } is past due. Autopay takes it only with your next bill.
autopay-later-bills = Each later bill is charged the same way. Its amount is on the bill, and we tell you again three days before.
# $skip (text)
autopay-skip = { $skip ->
    [covered] Not charged: it is paid by money already on its way.
    [over_cap] Not charged: it comes to more than your limit. Please pay it yourself.
    [paused] Not charged: autopay is paused on that day. Please pay it yourself.
    [too_soon] Not included: it is due too soon for us to tell you in time. Please pay it yourself.
    [too_small] Not charged: it is less than the smallest payment. It stays on your account.
    [canceled] Not charged: the bill was taken back.
    [held] Not charged: collection on this account is stayed. Call us about this bill.
   *[nothing_owed] Not charged: nothing is owed, or what is left is in dispute.
}
autopay-skip-unsaid = Not charged. Call us about this bill.
# $why (text)
autopay-end = { $why ->
    [removed] You removed the card or bank account it used.
    [returned] A payment was returned or disputed, so your authorization is no longer valid. You can join again.
    [declined] Your card or bank refuses to be charged. You can join again with another way to pay.
   *[stopped] You stopped it.
}
# $amount (money)
# $day (date)
autopay-takes = Autopay takes { $amount } on { $day }. You need not pay it here.
# $amount (money)
# $day (day)
home-autopay = Autopay takes { $amount } on { $day }.
autopay-pause = Pause autopay
autopay-pause-until = Start again on
autopay-pause-hint = Bills whose day comes before are not charged. You pay those yourself.
autopay-resume = Go on now
# $day (day)
autopay-is-paused = Nothing is charged before { $day }. Pay the bills that autopay would charge before then yourself.
autopay-goes-on = Autopay goes on, and charges the bills to come again.
autopay-stop = Stop autopay
autopay-stopped = Autopay is off. Nothing is charged automatically any more.
autopay-join = Join autopay
autopay-joined = Autopay is on. We sent you a copy of what you agreed to.
autopay-change = Change autopay
autopay-needs-method = Autopay needs a saved card or bank account.
autopay-look = See what will happen
autopay-choose-method = Choose a way to pay.
autopay-choose-day = Choose a day from 1 to 28.
autopay-choose-until = Choose a day to come.
autopay-check-title = Check autopay
autopay-words = What you agree to
autopay-agree = I agree
autopay-must-agree = Say that you agree, or go back.
autopay-copy = We keep these words with the date and send you a copy.
autopay-agreed = What you agreed to
# $who (text)
# $day (date)
autopay-agreed-by = Agreed by { $who } on { $day }.

# Regulated: 12 CFR 1005.10(b): a written authorization, similarly signed, with a copy to the customer.
# $method (text)
# $account (text)
autopay-agreement = I authorize { -utility } to charge { $method } automatically for what is due on account { $account }: never more than I owe at that time.
autopay-agreement-due = Each bill is charged on its due date.
# $day (number)
autopay-agreement-day = Each bill is charged on day { $day } of the month where that lies at least ten days after the bill and not after its due date, and otherwise on its due date.
# $cap (money)
autopay-agreement-cap = Nothing is charged where more than { $cap } is due at once; then I pay myself.
# Regulated: 12 CFR 1005.10(c) and (d): the right to stop, and notice of amounts that vary.
# $phone (text)
autopay-agreement-rest = The amount varies. The bill tells it at least ten days before, and I am told again three days before each charge. If a charge is refused for the moment, as for lack of funds, it may be tried again up to two times. I may stop or pause at any time, online or at { $phone }; told three business days before a charge, the stop is always in time. This holds until I stop it, or a payment is returned or disputed.

## Letters

notice-autopay-joined-subject = You joined autopay
# $account (text)
# $day (date)
notice-autopay-joined-text = Autopay is on for account { $account } since { $day }. This is the copy of what you agreed to:
notice-autopay-keep = Please keep it.
notice-autopay-ahead-subject = Autopay will charge your bill
# $amount (money)
# $account (text)
# $day (date)
# $method (text)
notice-autopay-ahead-text = Autopay takes { $amount } for account { $account } on { $day } from { $method }.
# $amount (money)
# $account (text)
# $method (text)
# $day (date)
# $days (number)
notice-autopay-ahead-by-letter = Autopay takes { $amount } for account { $account } from { $method } on { $day }. If this letter is mailed late, it takes it later: no sooner than { $days } days after the mailing.
notice-autopay-ahead-change = You need do nothing. If you do not want this charge, stop or pause autopay before that day.
notice-autopay-skipped-subject = Autopay does not pay this bill
# $account (text)
# $day (date)
notice-autopay-skipped-text = The bill for account { $account }, due { $day }, is not paid by autopay.
notice-autopay-refused-subject = Autopay could not charge your bill
# $amount (money)
# $account (text)
notice-autopay-refused-text = The charge of { $amount } for account { $account } was refused. Nothing was paid.
notice-autopay-refused-stop = We do not try again. Please pay another way.
# $day (date)
notice-autopay-refused-again = We try again on { $day }. If you pay before, nothing is charged.
notice-autopay-ended-subject = Autopay is off
# $account (text)
notice-autopay-ended-text = Autopay has ended for account { $account }. Please pay your bills yourself.
notice-autopay-action = See autopay

## The office

account-autopay = Autopay
# $method (text)
account-autopay-due = { $method }, on the due date
# $method (text)
# $day (number)
account-autopay-day = { $method }, on day { $day }
# $day (date)
account-autopay-paused = paused until { $day }
account-autopay-off = Off
account-autopay-stop = Stop autopay
account-autopay-stop-hint = Nothing is charged by itself from then on, and the customer is told. Only the customer can agree to it again.
account-autopay-stop-now = Stop it now
account-autopay-stopped = Autopay is off, and the customer is told.
