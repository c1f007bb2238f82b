# The bill on paper.

bill-pdf = Download PDF
# $bill (text)
# $account (text)
paper-title = { $bill }, account { $account }
paper-account = Account
paper-number = Bill
paper-dated = Bill date
paper-questions = Questions?
# $day (date)
paper-due-by = Amount to pay by { $day }
paper-nothing-due = Nothing to pay
paper-credit = Your credit is { $amount }. We take it off your next bill.
paper-pay-ways = Pay at { $site } or scan the code on the coupon below.
paper-service-at = Service at { $address }
# $many (number)
paper-more-places = { $many ->
    [one] and 1 more place
   *[other] and { $many } more places
}
# $from (date)
# $until (date)
# $days (number)
paper-period = { $from } to { $until } ({ $days ->
    [one] 1 day
   *[other] { $days } days
})
# $direction (text)
# $percent (number)
# $service (text)
paper-compare = { $direction ->
    [less] You used { $percent }% less { $service ->
        [water] water
        [electric] electricity
        [gas] gas
       *[other] of it
    } than in the same month a year earlier.
    [more] You used { $percent }% more { $service ->
        [water] water
        [electric] electricity
        [gas] gas
       *[other] of it
    } than in the same month a year earlier.
    [same] You used as much { $service ->
        [water] water
        [electric] electricity
        [gas] gas
       *[other] of it
    } as in the same month a year earlier.
   *[none] {""}
}
paper-charges = Your charges
paper-worked = How it comes about
paper-rate = rate { $code }
# $page (number)
paper-goes-on = Continued on page { $page }
# $page (number)
# $pages (number)
paper-page = Page { $page } of { $pages }

## Usage and meters

# $service (text)
paper-chart = { $service ->
    [water] Water use
    [electric] Electricity use
    [gas] Gas use
   *[other] Use
}, { $unit }
# $many (number)
paper-chart-words = { $service ->
    [water] Water use by month
    [electric] Electricity use by month
    [gas] Gas use by month
   *[other] Use by month
} for { $many ->
    [one] 1 month
   *[other] { $many } months
} in { $unit }: { $list }
# $month (month)
# $used (decimal)
# $estimated (text)
paper-chart-month = { $month } { $used }{ $estimated ->
    [yes] {" "}(estimated)
   *[no] {""}
}
paper-reads = Meter reads
paper-meter = Meter
paper-read-first = Before
paper-read-last = Now

## Good to know

paper-messages = Good to know
paper-ask-title = Questions about this bill
paper-ask-text = Call { $phone }. Every line, read and price is explained at { $site }.
paper-contest-title = If you think it is wrong
paper-contest-text = Call or write to us before the due date. Someone who can correct the bill will hear you and look at your meter reads, and you will be heard before any service is shut off for this bill.
paper-trouble-title = Trouble paying?
paper-trouble-text = Call { $phone } before the due date and tell us. The sooner we know, the more we can do.

## The coupon

paper-coupon = Payment coupon
paper-detach = Detach here and send with your payment
paper-coupon-due = Due date
paper-coupon-amount = Amount due
paper-coupon-paid = Amount enclosed
paper-coupon-check = Make checks payable to { $utility } and write your account number on the check.
paper-qr = Code to scan with a phone: opens the page where this account is paid, { $address }
paper-scan = Scan to pay
# $code (text)
paper-claim-code = Web code { $code }
