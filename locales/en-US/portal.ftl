# The customer's pages.

## Every page

utility-name = { -utility }
utility-short = { -utility-short }
utility-kind = { -utility-kind }
page-title = { $page } | { -utility-short }
page-title-error = Error: { $page } | { -utility-short }
page-about = Your { -utility-short } account: balance, payments, usage and service.
skip-to-main = Skip to main content
nav-main = Main
nav-main-bottom = Main, bottom
nav-home = Home
nav-usage = Usage
nav-bills = Bills
nav-payments = Payments
chooser-label = Choose an account
chooser-add = Add an account
nav-pay = Pay
nav-sign-in = Sign in
nav-sign-out = Sign out
nav-profile = { $name }, your sign-in
language-switch = Español
language-before-typing = Choose your language before you fill in a form: switching it empties the form.
footer-questions = Questions?
footer-phone-note = TTY 711
footer-emergency = Gas smell or wire down: leave, then call 911
theme-switch = Light or dark
banner-sandbox = Test payments: no money moves here.
banner-demo = Demonstration town: people and money are made up.
banner-mail = Read its mail
pager-label = Pages
pager-previous = Newer
pager-next = Older
pager-page = Page { $page }
yes = Yes
no = No
see-all = See all
print-page = Print

## Forms

form-problems-title = There is a problem
form-error-prefix = Error:
form-required = Fill in this field.
form-not-money = Write an amount such as 84.10 or 1,250.00: a point before the cents, a comma only between thousands.
form-not-a-date = Write a date such as 2026-12-08.
form-choose = Choose one.

## Charts

chart-this-year = This year
chart-last-year = A year earlier
chart-estimated = Estimated
# $month (month)
# $used (decimal)
# $change (number)
chart-month-label = { $month }: { $used } { $unit }, { $direction ->
    [less] { $change }% less than a year earlier
    [more] { $change }% more than a year earlier
    [same] the same as a year earlier
   *[none] nothing to compare it with
}{ $estimated ->
    [yes] , estimated
   *[no] {""}
}
# $change (number)
# $year (text)
chart-change = { $direction ->
    [less] { $change }% less than { $year }
    [more] { $change }% more than { $year }
    [same] Same as { $year }
   *[none] Nothing a year earlier
}
# $day (long day)
# $used (decimal)
chart-day-label = { $day }: { $used } { $unit }{ $estimated ->
    [yes] , estimated
   *[no] {""}
}
# $used (decimal)
chart-hour-label = { $hour }: { $used } { $unit }
# $day (long day)
chart-day-none = { $day }: no read
chart-no-read = No read
# $degrees (decimal)
chart-degrees = mean { $degrees } °F
chart-warmth = Mean temperature, °F
chart-used = Used

## Home

home-title = Your account
home-hello = Hello, { $name }
home-account = Account
home-your-accounts = Your accounts
home-no-account-title = Find your account
home-no-account-text = You are signed in. Tell us which utility account is yours to see your balance, bills and usage here.
home-claim = Add my account
home-amount-due = Amount due
home-credit = Credit on your account
home-credit-text = You owe nothing. We take the credit off your next bill.
home-nothing-due = You owe nothing. Thank you.
# $amount (money)
home-past-due-html = <b>{ $amount }</b> of it is past due
# $day (long day)
home-due-html = Due <b>{ $day }</b>, { $when }
# $amount (money)
home-pay = Pay { $amount }
home-pay-other = Other amount
home-pay-ahead = Pay ahead
home-bill-read = Every line explained
home-last-payment = Last payment
# $amount (money)
home-pending = { $amount } is on its way from your bank
home-first-title = Your first bill
home-first-text = When there are two bills, this tells you in dollars why the second differs from the first.
home-usage = Your usage
home-usage-more = By month, day and hour
home-recent = Bills and payments
# $service (text)
home-leak-title = { $service ->
    [water] A possible water leak
   *[electric] Electricity that may be running unnoticed
}
# $on (day)
home-leak = On { $on } we told you what the meter’s hours hint at. While it goes on, your usage page shows it, and it costs money.
home-leak-look = See what to check
# $count (number)
home-requests = { $count ->
    [one] 1 request is open
   *[other] { $count } requests are open
}
# $count (number)
home-requests-waiting = { $count ->
    [one] One waits for your answer.
   *[other] { $count } wait for your answer.
}
home-requests-told = We are working on it and tell you each step.
home-requests-look = See your requests
home-nothing-yet = Your bills and payments will show here.

why-same = Your bill is the same as the last one
# $amount (money)
why-up = Why your bill went up { $amount }
# $amount (money)
why-down = Why your bill went down { $amount }
# $before (number)
why-days = { $now ->
    [one] 1 billing day
   *[other] { $now } billing days
} instead of { $before }
# $before (number)
why-days-of = { $service ->
    [water] Water
    [sewer] Sewer
    [stormwater] Stormwater
    [electric] Electricity
    [gas] Gas
    [refuse] Trash
   *[other] Another service
}: { $now ->
    [one] 1 billing day
   *[other] { $now } billing days
} instead of { $before }
why-used = You used { $amount } { $unit } { $direction ->
    [less] less
   *[more] more
} { $service ->
    [water] water
    [electric] electricity
    [gas] gas
   *[other] service
}{ $span ->
    [day] {" "}a day
   *[bill] {""}
}{ $mix ->
    [lower] , more of it at lower prices
    [higher] , more of it at higher prices
   *[same] {""}
}
why-sewer = Sewer is charged on { $amount } { $unit } { $direction ->
    [less] less
   *[more] more
}{ $span ->
    [day] {" "}a day
   *[bill] {""}
}{ $mix ->
    [lower] , more of it at lower prices
    [higher] , more of it at higher prices
   *[same] {""}
}
why-demand = The highest demand charged for { $service ->
    [electric] electricity
    [gas] gas
    [water] water
   *[other] a service
} was { $moved ->
    [down] lower
   *[up] higher
}
why-counted = A change in what we count for { $service ->
    [water] water
    [sewer] sewer
    [stormwater] stormwater
    [electric] electricity
    [gas] gas
    [refuse] trash
   *[other] other services
}
why-price = The prices of { $service ->
    [water] water
    [sewer] sewer service
    [stormwater] stormwater
    [electric] electricity
    [gas] gas
    [refuse] trash service
   *[other] a service
} went { $moved ->
    [down] down
   *[up] up
}
why-rider = The { $service ->
    [gas] gas cost adjustment
    [electric] power cost adjustment
   *[other] cost adjustment
} went { $moved ->
    [down] down
   *[up] up
}
why-started = { $service ->
    [water] Water
    [sewer] Sewer
    [stormwater] Stormwater
    [electric] Electricity
    [gas] Gas
    [refuse] Trash
   *[other] Another service
} is new on this bill
why-stopped = { $service ->
    [water] Water
    [sewer] Sewer
    [stormwater] Stormwater
    [electric] Electricity
    [gas] Gas
    [refuse] Trash
   *[other] Another service
} is no longer billed
why-following = Taxes and fees on these
why-tax-rates = Other rates of taxes and fees
why-one-offs = Fees and adjustments
why-rest = Smaller changes

# $amount (money)
alert-past-due = { $amount } is past due
alert-past-due-text = Pay when you can, or call { $phone } to talk about more time. The sooner we speak, the more we can do.
# $amount (money)
alert-pending = { $amount } is on its way
alert-pending-text = Bank payments take up to four business days. You need not pay again.
# $percent (number)
alert-high-use = { $percent }% more { $service ->
    [water] water
    [electric] electricity
    [gas] gas
   *[other] use
} than a year ago
# $used (decimal)
# $month (text)
# $before (decimal)
alert-high-use-amounts = You used { $used } { $unit } in { $month }; the year before it was { $before }.
# $dearer (money)
alert-high-use-cost = That cost { $dearer } more.
alert-high-use-text = If you do not know why, something may be running. The days and hours show when.
alert-high-use-look = See when
alert-estimated = { $service ->
    [water] Your water read was estimated
    [electric] Your electric read was estimated
    [gas] Your gas read was estimated
   *[other] A read was estimated
}
alert-estimated-text = We could not read the meter in time. The next real read puts it right by itself.
quick-title = Get something done
quick-usage = See my usage
quick-bills = All my bills
quick-receipts = Receipts
quick-time = More time to pay

home-payment-name = { $state ->
    [processing] Payment on its way
    [failed] Payment refused
    [returned] Payment returned by the bank
    [refunded] Payment given back
    [refunded_part] Payment, part given back
    [charged_back] Payment disputed
    [reversed] Payment taken back
   *[succeeded] Payment, thank you
}
home-payment-state = { $state ->
    [processing] Pending
    [failed] Refused
    [returned] Returned
    [refunded] Refunded
    [refunded_part] Part refunded
    [charged_back] Disputed
    [reversed] Taken back
   *[succeeded] Posted
}

## Usage

usage-title = Your usage
usage-services = Service
# $months (number)
usage-chart-title = { $service ->
    [water] Water use by month
    [electric] Electricity use by month
    [gas] Gas use by month
   *[other] Use by month
} for { $months ->
    [one] 1 month
   *[other] { $months } months
}, with the same month a year earlier
usage-by-month = { $service ->
    [water] Water by month
    [electric] Electricity by month
    [gas] Gas by month
   *[other] Use by month
}
usage-choose-month = Choose a month to see its days.
usage-choose-day = Choose a day to see its hours.
usage-numbers = The numbers
usage-as-table = Show these numbers as a table
usage-month = Month
usage-months = Months
usage-day = Day
usage-days = Days
usage-hour = Hour
usage-cost = Cost
usage-quality = Read
# $mean (decimal)
# $high (decimal)
# $low (decimal)
usage-day-weather = It was { $mean } °F in the mean, { $high } °F at the warmest and { $low } °F at the coldest.
# $mean (decimal)
usage-day-mean = It was { $mean } °F in the mean.
usage-change-column = Against a year earlier
# $change (number)
usage-change = { $direction ->
    [less] { $change }% less
    [more] { $change }% more
    [same] The same
   *[none] —
}
usage-year-before = A year earlier
usage-against = Against last year
usage-same-month = same month
usage-download = Download as CSV
usage-not-billed-title = Your first bill is still to come
usage-not-billed = Months show here once they are billed. Your meter reports by itself, so you can see your days already.
usage-days-so-far = See my days
usage-none = No metered service has been billed yet.
usage-month-title = { $service ->
    [water] Water
    [electric] Electricity
    [gas] Gas
   *[other] Use
} in { $month }
usage-day-title = { $service ->
    [water] Water
    [electric] Electricity
    [gas] Gas
   *[other] Use
} on { $day }
usage-month-chart = { $service ->
    [water] Water by day, { $month }
    [electric] Electricity by day, { $month }
    [gas] Gas by day, { $month }
   *[other] Use by day, { $month }
}
usage-day-chart = { $service ->
    [water] Water by hour, { $day }
    [electric] Electricity by hour, { $day }
    [gas] Gas by hour, { $day }
   *[other] Use by hour, { $day }
}
usage-sum = In all
usage-a-day = A day, on average
usage-partial = Part of the day
usage-most = The most in a day
usage-most-hour = The most in an hour
usage-day-by-day = Day by day
usage-hour-by-hour = Hour by hour
usage-month-before = Month before
usage-month-after = Month after
usage-day-before = Day before
usage-day-after = Day after
# $from (day)
# $last (date)
usage-month-billed = The days of your bill: { $from } to { $last }
# $from (day)
# $last (date)
usage-month-span = { $from } to { $last }
usage-billed = Billed
usage-no-days-title = No use by the day
usage-no-days = Your meter is read once for each bill, so use is known for the whole bill and not for its days or hours.
usage-no-days-yet = The meter reports by itself, but nothing of these days has reached us yet.
# $count (number)
usage-unreported = { $count ->
    [one] On 1 of these days no meter here reported by the day: a meter was changed, or service began or ended.
   *[other] On { $count } of these days no meter here reported by the day: a meter was changed, or service began or ended.
}
usage-no-hours = No hourly reads are known for this day.

## Bills

bills-title = Your bills
bills-none = Your first bill is still to come.
bills-of-year = { $bills ->
    [one] 1 bill
   *[other] { $bills } bills
}
# $day (date)
bills-issued = Issued { $day }
bill-name = { $kind ->
    [final] { $month } final bill
    [rebill] { $month } bill, corrected
   *[regular] { $month } bill
}
bill-paid = Paid
# $day (day)
bill-due-by = Due { $day }
# $day (day)
bill-past-due = Past due since { $day }
bill-canceled = Canceled
# $day (long day)
bill-canceled-text = We canceled this bill on { $day }. You do not have to pay it.
bill-way-title = The way of this bill
# $step (text)
bill-way = { $step ->
    [issued] Issued
    [due] Due
    [email_queued] On its way by e-mail
    [email_sent] Sent by e-mail
    [email_failed] The e-mail could not be delivered
    [paper_queued] On its way by mail
    [paper_sent] Mailed
    [portal_delivered] Here for you to read
   *[other] { $step }
}
bill-number = Bill
bill-line = What for
bill-amount = Amount
bill-line-times = { $quantity } at { $price }
bill-line-used = { $quantity } { $unit } at { $price } each
bill-line-used-per = { $quantity } { $unit } at { $price } per { $per }
bill-line-exact = { $working } = { $exact } before rounding
bill-line-together = { $working } = { $exact } before rounding; the parts of this charge are rounded as one
bill-line-converted = { $measured } { $from } × { $factor } = { $counted } { $unit }{ $kind ->
    [heat] {" "}(heat content of the gas)
   *[other] {""}
}
bill-winter = The winter months behind the average
# $from (date)
# $last (date)
bill-winter-month = { $from } to { $last }
bill-winter-few = Too few winter months are known here for an average, so that the rule for new customers counts.
bill-bank-taken = Taken from the grid
bill-bank-sent = Sent to the grid
bill-bank-before = In your bank before
bill-bank-after = In your bank now
bill-reads-of = The meter reads behind it
# $day (date)
bill-read = Meter { $serial } on { $day }
# $from (day)
# $last (date)
bill-interval-days = Meter { $serial }, read by itself from { $from } to { $last } ({ $days ->
    [one] 1 day
   *[other] { $days } days
})
bill-interval-quality = { $weak ->
    [0] Actual reads
    [one] 1 day with estimated or mended values
   *[other] { $weak } days with estimated or mended values
}
bill-line-share = { $quantity } × { $price }
# $from (day)
# $last (day)
bill-line-days = { $from } to { $last }
# $of (money)
bill-line-percent = { $percent }% of { $of }
bill-line-bound = Up to { $price }
bill-schedule = Priced by { $name } ({ $code }).
# $source (text)
bill-schedule-source = Source of the prices: { $source }.
bill-see-days = See the days
bill-sum-title = Bill summary
bill-others = Fees and adjustments
bill-this = This bill
bill-owed-before = Owed before
bill-credit-before = Credit before
bill-last-balance = Balance after your last bill
# $on (day)
# $due (day)
bill-deposit = Deposit asked for on { $on }, due { $due }
# $amount (money)
bill-keeps-day = { $amount } of this was owed before and keeps the due date it had.
bill-credit-left = Credit left
bill-nothing-to-pay = There is nothing to pay. What is left pays your next bill.
bill-asked-for = Amount to pay
# $day (long day)
bill-due-on-html = Due <b>{ $day }</b>
# $from (date)
# $until (date)
bill-period = Billed from { $from } to { $until }
bill-pay = Pay now
bill-how-title = How we work out the amounts
bill-how-text = Each line is an amount used times a price. We work it out exactly and round it once, to the cent. A share such as 0.5 means that the charge counts for part of the days. A second calculation, on its own, came to the same cents before we sent this bill.
## The sandbox's page

sandbox-banner = TEST PAYMENTS — no money moves
sandbox-kind = Test payments
sandbox-checkout-title = Pay with a test number
sandbox-card-title = Test card
sandbox-card-number = Card number
sandbox-card-hint = Only test numbers are taken, such as 4242 4242 4242 4242. Never type a real one.
sandbox-expiry = Expiry
sandbox-expiry-hint = Any month to come, such as 12/34.
sandbox-cvc = Security code
sandbox-cvc-hint = Any three digits; four for American Express.
sandbox-bank-title = Test bank account
sandbox-routing = Routing number
sandbox-routing-hint = The test bank is 110000000.
sandbox-account = Account number
sandbox-account-hint = Only test numbers are taken, such as 000123456789.
sandbox-bank-mandate = By paying you allow one debit of this amount from the test account.
# $amount (money)
sandbox-pay-button = Pay { $amount }
sandbox-go-back = Back without paying
sandbox-card-list = All test cards
sandbox-bank-list = All test bank accounts
sandbox-what-happens = What happens
sandbox-authenticate-title = Your bank asks if it is you
sandbox-authenticate-text = A real bank would ask for a code here. This one only wants to know what you would like to happen.
sandbox-authenticate-yes = Yes, it is me
sandbox-authenticate-no = Fail
sandbox-wrong-number = This is not a test card. Choose one from the list.
sandbox-wrong-expiry = Write a month and year to come, such as 12/34.
sandbox-wrong-cvc = Write three digits; four for American Express.
sandbox-wrong-routing = The routing number of the test bank is 110000000.
sandbox-wrong-account = This is not a test account. Choose one from the list.
sandbox-declined = The payment was refused: { $reason ->
    [insufficient_funds] there is not enough money.
    [lost_card] the card was reported lost.
    [stolen_card] the card was reported stolen.
    [expired_card] the card has expired.
    [incorrect_cvc] the security code is wrong.
    [canceled] it was called off before the money came.
    [processing_error] the card could not be processed. Try again.
    [authentication_failed] your bank did not confirm that it is you.
    *[other] the bank did not say why.
} Nothing was charged.
sandbox-outcome = { $alias ->
    [pm_card_visa] Pays
    [pm_card_mastercard] Pays
    [pm_card_amex] Pays
    [pm_card_visa_chargeDeclined] Refused
    [pm_card_visa_chargeDeclinedInsufficientFunds] Refused: not enough money
    [pm_card_visa_chargeDeclinedLostCard] Refused: lost card
    [pm_card_visa_chargeDeclinedStolenCard] Refused: stolen card
    [pm_card_chargeDeclinedExpiredCard] Refused: expired
    [pm_card_chargeDeclinedIncorrectCvc] Refused: wrong security code
    [pm_card_chargeDeclinedProcessingError] Refused: processing error
    [pm_card_chargeCustomerFail] Refused when charged
    [pm_card_authenticationRequiredOnSetup] The bank asks first
    [pm_card_authenticationRequired] The bank asks first
    [pm_card_createDispute] Pays, then is disputed
    [pm_card_refundFail] Pays; a refund fails
    [pm_usBankAccount_success] Settles
    [pm_usBankAccount_accountClosed] Fails later: account closed
    [pm_usBankAccount_noAccount] Fails later: no such account
    [pm_usBankAccount_insufficientFunds] Fails later: not enough money
    [pm_usBankAccount_debitNotAuthorized] Fails later: debit not allowed
    [pm_usBankAccount_dispute] Settles, then is returned
    *[other] Stays on its way
}

## Paying

pay-title = Make a payment
# $account (text)
pay-account = Account { $account }
# $account (text)
pay-for-account = { -utility-short }, account { $account }
pay-account-label = Account
pay-balance = You owe
# $amount (money)
pay-pending = { $amount } is on its way from your bank. We have counted it: you need not pay it again.
pay-amount = Amount to pay
pay-amount-hint = You may pay less or more. What you pay over stays on your account as a credit.
pay-method = Pay with
pay-by-card = Debit or credit card
pay-by-bank = Bank account
pay-continue = Check the payment
pay-not-now = Not now
pay-not-offered = Paying here is not set up yet. Please call us.
pay-check-title = Check your payment
pay-fee = Fee for paying
pay-no-fee = None
pay-after = You will owe
pay-becomes-credit = You are paying more than you owe. We keep the rest for you and take it off your next bill.
# $amount (money)
pay-now = Pay { $amount }
pay-change = Change
# $amount (money)
pay-doubt-equal = You made a payment of { $amount } on this account within the last day.
# $pending (money)
pay-doubt-covered = { $pending } is already on its way and covers what you owe.
# $amount (money)
pay-begun = A payment of { $amount } was begun and not finished. If you pay here, it is closed, so that you pay once.
pay-begun-go-on = Go on with that one instead
pay-credit-after = Credit that stays
pay-credit-ahead = You can pay ahead if you like.
# $amount (money)
# $owed (money)
pay-doubt-large = { $amount } is several times what you owe, which is { $owed }.
# $amount (money)
pay-doubt-large-none = { $amount } is a lot to pay ahead: you owe nothing now.
pay-large-hint = Is the decimal point where it belongs? What is more than you owe stays on your account as a credit.
# $amount (money)
pay-large-yes = Yes, I want to pay { $amount }.
pay-large-answer = Is the amount right? Say so below, or change it.
pay-doubt-hint = If you meant to pay once, you need do nothing more: your payments page shows it.
pay-doubt-yes = Yes, I want to pay again.
pay-doubt-answer = Do you want to pay again? Say so below, or go back to your payments.
pay-next-page = You type your card or bank account on the next page, which our payment processor runs. We never see the number.
# $least (money)
pay-too-small = The smallest payment is { $least }.
# $most (money)
pay-too-large = The largest payment is { $most }.
paid-title = Your payments
paid-months = The last 24 months
paid-none = No payments yet.
paid-of-year = { $payments ->
    [one] 1 payment
   *[other] { $payments } payments
}
paid-day = Date
paid-with = Paid with
paid-amount = Amount
paid-standing = Status
# $number (text)
receipt-title = Payment { $number }
receipt-number = Receipt number
receipt-processed = Posted on
receipt-refunded = Given back
receipt-why = Why
receipt-waiting = We are waiting to hear from the payment processor. We post nothing before we do.
receipt-at-bank = Your bank has it. This takes up to four business days, and it counts from the day you paid.
receipt-look-again = Look again
receipt-to-page = Go on paying
receipt-method = { $tender ->
    [card] Card
    [bank_account] Bank account
    [check] Check
    [cash] Cash
    *[other] Payment
}
receipt-standing = { $state ->
    [requested] Waiting
    [processing] Pending
    [canceled] Not paid
    [failed] Refused by the bank
    [succeeded] Posted
    [refunded_part] Partly refunded
    [refunded] Refunded
    [returned] Returned by the bank
    [reversed] Taken back: it was entered by mistake
    *[other] Charged back
}
receipt-failure = { $reason ->
    [insufficient_funds] There was not enough money.
    [account_closed] The account is closed.
    [no_account] There is no such account.
    [debit_not_authorized] The bank was not allowed to debit the account.
    [expired_card] The card has expired.
    [lost_card] The card was reported lost.
    [stolen_card] The card was reported stolen.
    [processing_error] The card could not be processed.
    [authentication_required] Your bank wants to ask you first. Pay by card on the processor's page, where it can.
    *[other] The bank did not say why.
}

## When a time-of-use price counts

# $from (text)
# $until (text)
price-hours-span = { $from } to { $until }
# $days (text)
price-hours-days = { $days ->
    [weekdays] weekdays
    [weekdays_not_holidays] weekdays except holidays
    [weekends] weekends
    [weekends_and_holidays] weekends and holidays
    [saturdays] Saturdays
    [saturdays_not_holidays] Saturdays except holidays
    [sundays] Sundays
    [sundays_not_holidays] Sundays except holidays
    [holidays] holidays
   *[all] every day
}
# $month (text)
price-hours-month = in { $month }
# $first (text)
# $last (text)
price-hours-months = { $first } to { $last }
# $hours (text)
price-hours-rest = { $hours }, outside the hours above
price-hours-otherwise = all other hours
