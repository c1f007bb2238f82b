# The customer's pages.

## Every page

utility-name = { -utility }
utility-short = { -utility-short }
utility-kind = Municipal Utilities
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
nav-pay = Pay
nav-sign-in = Sign in
nav-sign-out = Sign out
nav-profile = { $name }, your sign-in
language-switch = Español
footer-questions = Questions?
footer-phone-note = TTY 711
footer-emergency = Gas smell or wire down: leave, then call 911
theme-switch = Light or dark
banner-sandbox = Test payments: no money moves here.
banner-demo = A demonstration town: the people and the money are made up.
banner-mail = Read the mail it sends
live-now = Live
pager-label = Pages
pager-previous = Newer
pager-next = Older
pager-place = Page { $page } of { $pages }
pager-page = Page { $page }
yes = Yes
no = No
cancel = Cancel
back = Back
see-all = See all
print-page = Print

## Forms

form-problems-title = There is a problem
form-error-prefix = Error:
form-optional = (optional)
form-required = Fill in this field.
form-not-money = Write an amount such as 84.10.
form-not-a-date = Write a date such as 2026-12-08.
form-not-a-number = Write a number.
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
# $used (decimal)
# $day (long day)
chart-day-label = { $day }: { $used } { $unit }{ $estimated ->
    [yes] , estimated
   *[no] {""}
}
# $used (decimal)
chart-hour-label = { $hour }: { $used } { $unit }
# $day (long day)
chart-day-none = { $day }: no read
chart-no-read = No read
