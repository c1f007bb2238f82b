# The timeline of an account, and the account as of a past moment.

## The timeline

timeline-title = Timeline
timeline-hint = Everything that happened to this account, newest first, by the time at which it became known here.
timeline-kind-label = Show
timeline-show = Show
timeline-none = Nothing of this kind has happened yet.
# $kind (text)
timeline-kind = { $kind ->
    [bills] Bills
    [payments] Payments
    [charges] Fees and credits
    [corrections] Corrections by hand
    [reads] Reads
    [notices] Notices
    [notes] Notes
    [calls] Calls
    [requests] Requests and disputes
    [orders] Service orders
    [arrangements] Arrangements
    [holds] Holds
    [deposits] Deposits
    [level_plans] Level payment plans
    [exceptions] Exceptions
    [outages] Outages
    [account] Account and people
   *[all] Everything
}
# $number (text)
timeline-canceled = Bill { $number } canceled
# $number (text)
timeline-payment = Payment { $number }
# $serial (text)
# $quality (text)
timeline-read = Meter { $serial }: { $quality }
timeline-served = Notice before a shut-off recorded
# $state (text)
timeline-call = { $state ->
    [open] Call going on
    [given_up] Call begun by mistake
   *[wrapped_up] Call
}
# $topic (text)
timeline-call-about = Call: { $topic }
# $state (text)
timeline-hold = { $state ->
    [placed] Placed
   *[lifted] Lifted
}
# $step (text)
timeline-level-plan = { $step ->
    [enrolled] Level payment plan begun
    [reviewed] Level payment plan reviewed
    [settled] Level payment plan settled
   *[ended] Level payment plan ended
}
# $status (text)
timeline-status = Account: { $status }
# $what (text)
timeline-account = { $what ->
    [autopay_begun] Autopay begun
    [autopay_ended] Autopay ended
    [account_settings_changed] Language or delivery of bills changed
    [account_cycle_changed] Bill cycle changed
    [account_moved_house] Moved to another place
    [customer_changed] Name, language or mailing address changed
    [contact_added] Contact added
    [contact_ended] Contact ended
    [customer_renamed] Renamed
    [customer_merged] Two customers joined as one
    [customer_merge_undone] Two customers parted again
    [premise_merged] Two places joined as one
    [premise_merge_undone] Two places parted again
    [account_taken_over] Taken on by somebody else
   *[other] { $what }
}

## As of a past moment

asof-title = See it as of a past moment
# $zone (text)
asof-label = Date and time ({ $zone })
asof-show = Show it then
# $moment (text)
asof-banner = As it stood on { $moment }
asof-second = The clock showed this time twice that day; this is the second time.
asof-hint = Only what was known here by then is shown, and nothing can be changed.
asof-now = Back to now
asof-wrong = Write a date and a time that the calendar has, such as May 3, 2026, 8:15 AM.
asof-skipped = There was no such time that day: the clock was put forward over it. Choose one an hour earlier or later.
asof-to-come = This moment is still to come. Choose one that is past.
# $moment (text)
asof-before = Nothing was known of this account then: the books know it since { $moment }. Choose a later moment.
asof-saw = What the customer saw
asof-saw-amount = Amount due
asof-saw-installment = Next installment
asof-saw-hint = By the same rules as the home page, over what was known then: without what was on its way or in dispute.
asof-saw-nobody = No sign-in could see this account then. This is what its home page would have shown.
asof-stood = Open and in force
asof-stood-none = Nothing was open or in force.
# $day (day)
asof-by = by { $day }
# $service (text)
asof-off = { $service } turned off
# $who (text)
asof-call = { $who } was on a call about this account
asof-was-off = Turned off
asof-was-on = Not turned off
asof-shutoff-unknown = whether it was allowed is worked out for today alone
asof-hours = Hourly reads are not listed one by one: beside each service stands the last day whose hours had come by then.
asof-honest = How exact this is
asof-honest-days = Contact points, sign-ins, agreements, meters and parts on the account are shown as of that day, not of that minute. Hours that came without a file have no moment and count from their own day on.
asof-honest-today = The class, the places' addresses, the limits of autopay and the amounts in dispute are shown as they are today, and so are the people of customers who were joined as one since. Whether a notice failed after it left is not dated and not shown. What was scheduled to be paid, a level plan's difference and whether service could be shut off are not shown. Links lead to pages of today.
