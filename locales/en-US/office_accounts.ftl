# The office's search and account screen.

## Search

search-title = Accounts
search-label = Name, address, phone, e-mail, or the number of an account, meter, bill, payment, request or order
search-go = Find
search-hint = Write the beginning of one or more words, or any number you have.
search-none = No account has all of these words.
search-found = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
search-more = Only the first { $count } are shown. Add a word to narrow it down.
# $kind (text)
search-matched = { $kind ->
    [name] name
    [address] address
    [account] account number
    [meter] meter
    [phone] phone
    [email] e-mail
   *[other] { $kind }
}

# $kind (text)
search-numbered = { $kind ->
    [bill] Bill
    [payment] Payment
    [request] Request
    [order] Service order
   *[arrangement] More time to pay
} { $number }

## The account

# $class (text)
account-class = { $class ->
    [residential] Residential
    [small_commercial] Small business
    [commercial] Commercial
    [industrial] Industrial
    [irrigation] Irrigation
    [municipal] Municipal
   *[other] { $class }
}
# $status (text)
account-status = { $status ->
    [pending] Pending
    [active] Active
    [closing] Closing
    [closed] Closed
    [written_off] Written off
   *[other] { $status }
}
# $role (text)
account-role = { $role ->
    [main] Customer
    [financially_responsible] Also responsible
    [authorized] Authorized
    [third_party_notice] Gets copies
    [landlord] Landlord
   *[other] { $role }
}
# $kind (text)
contact-kind = { $kind ->
    [email] E-mail
    [phone] Phone
   *[other] { $kind }
}
# $day (date)
contact-verified = verified since { $day }
contact-unverified = not verified
# $day (date)
contact-waits = given { $day }, code not typed back: not used
contact-chosen = notices go here
# $day (date)
account-since = Customer since { $day }
account-has-portal = On the portal
account-paperless = Paperless
account-has-suspension = Suspended service
# $service (text)
account-service-acts = { $service }: stop, suspend, change
account-actions = Actions
account-more-actions = More actions
account-act-note = Note
account-act-read = Enter a read
account-balance = Balance
account-credit-held = held as a credit
# $day (day)
account-due = due { $day }
account-nothing-owed = Nothing is owed.
account-all-past-due = all of it is past due
account-past-due = Past due
account-oldest = { $days ->
    [one] oldest 1 day
   *[other] oldest { $days } days
}
account-none-past-due = nothing is late
account-past-due-arranged = by the dates of the bills, whatever is arranged
account-last-payment = Last payment
account-none = None
account-never-paid = no payment yet
account-pending = On its way
account-pending-hint = not settled by the bank yet
account-cycle = Bill cycle
# $language (text)
account-language = { $language ->
    [es-US] bills in Spanish
   *[other] bills in English
}
account-customer = Customer
account-mail-to = Mail to
account-delivery = Bills go by
# $how (text)
account-delivery-by = { $how ->
    [both] paper and e-mail
    [paper] paper
    [email] e-mail
   *[other] the portal alone
}
account-portal = Portal
account-logins = { $count ->
    [0] no login
    [one] 1 login
   *[other] { $count } logins
}
account-services = Services and meters
account-services-at = Services at { $place }
account-service = Service
account-last-read = Last read
account-used = Used
# $day (date)
account-until = until { $day }
account-suspended = Suspended
account-unmetered = not metered
account-no-read = no read
account-hourly = hourly
account-flat = flat
# $commodity (text)
account-spark = { $commodity ->
    [water] Water, last bills
    [electric] Electricity, last bills
    [gas] Gas, last bills
    [sewer] Sewer, last bills
   *[other] Use, last bills
}
# $commodity (text)
account-spark-label = { $commodity ->
    [water] Daily use of water in the last bills
    [electric] Daily use of electricity in the last bills
    [gas] Daily use of gas in the last bills
    [sewer] Daily use of sewer in the last bills
   *[other] Daily use in the last bills
}
account-spark-hint = Average use of a day, bill by bill.
account-age = Age of debt
# $bucket (text)
aging-bucket = { $bucket ->
    [current] Current
    [to30] 1 to 30
    [to60] 31 to 60
    [to90] 61 to 90
    [to120] 91 to 120
   *[other] Over 120
}
account-history = Account history
# $tab (text)
account-tab = { $tab ->
    [ledger] Ledger
    [bills] Bills
    [payments] Payments
    [usage] Usage
    [reads] Reads
    [contacts] Contacts
   *[audit] Audit
}
account-show-all = Show all
account-attention = Needs attention
account-no-attention = Nothing waits for a person.
account-no-ledger = Nothing was ever posted to this account.
account-no-bills = No bills yet.
account-no-payments = No payments yet.
account-no-usage = No metered use was billed yet.
account-no-reads = No reads yet.
account-no-notices = Nothing was sent to this customer yet.
account-no-deeds = Nobody has changed this account yet.

## Columns

newest-first = newest first
col-date = Date
col-type = Type
col-description = Description
col-charge = Charge
col-credit = Credit
col-balance = Balance
col-issued = Issued
col-bill = Bill
col-period = Period
col-state = State
col-due = Due
col-total = Total
col-open = Open
col-payment = Payment
col-channel = Channel
col-amount = Amount
col-quality = Quality
col-days = Days
col-a-day = A day
col-meter = Meter
col-value = Value
col-verdict = Verdict
col-source = Source
col-notice = Notice
col-to = To
col-who = Who
col-deed = What
col-facts = Facts
col-account = Account
col-customer = Customer
col-address = Address
col-reason = Reason
col-owner = Worked by
col-count = Count
col-line = Line
col-old = Now
col-new = Draft
col-difference = Difference

## Words of the ledger, bills, payments and reads

# $kind (text)
entry-kind = { $kind ->
    [bill] Bill
    [cancellation] Taken back
    [waiver] Fee waived
    [payment] Payment
    [payment_return] Return
    [payment_reinstatement] Payment restored
    [credit_application] Credit used
    [credit_release] Credit freed
    [refund] Refund
    [late_fee] Late fee
    [returned_payment_fee] Return fee
    [plan_settlement] Level plan settlement
    [adjustment] Adjustment
    [processor_cost] Processor fee
    [payout] Payout
    [payout_return] Payout sent back
    [dispute_withheld] Held back in dispute
    [dispute_restored] Dispute won
   *[other] { $kind }
}
entry-of-bill = Bill { $number }
# $kind (text)
bill-kind = { $kind ->
    [final] final bill
    [rebill] corrected bill
   *[regular] regular bill
}
# $stage (text)
bill-stage = { $stage ->
    [draft] Draft
    [issued] Issued
    [delivered] Delivered
    [undelivered] Not delivered
    [due] Due soon
    [overdue] Past due
    [paid] Paid
    [canceled] Canceled
    [void] Void
   *[other] { $stage }
}
# $tender (text)
payment-tender = { $tender ->
    [card] Card
    [bank_account] Bank account
    [cash] Cash
    [check] Check
   *[unknown] Unknown instrument
}
# $channel (text)
payment-channel = { $channel ->
    [portal] portal
    [office] counter
    [lockbox] lockbox
    [phone] phone
    [drop_box] drop box
   *[conversion] earlier system
}
# $state (text)
payment-state = { $state ->
    [requested] Asked for
    [processing] On its way
    [canceled] Canceled
    [failed] Failed
    [succeeded] Paid
    [refunded_part] Partly refunded
    [refunded] Refunded
    [returned] Returned
    [reversed] Entered by mistake
   *[charged_back] Charged back
}
# $verdict (text)
read-verdict = { $verdict ->
    [accepted] Accepted
    [flagged] Flagged
    [held] Held
   *[refused] Refused
}
# $source (text)
read-source = { $source ->
    [ami] meter network
    [file] file
    [manual] entered
    [customer] customer
    [exchange] meter exchange
   *[estimate] estimate
}
read-version = version { $version }
# $channel (text)
notice-channel = { $channel ->
    [email] e-mail
    [text] text
    [paper] letter
   *[portal] portal
}
# $state (text)
notice-state = { $state ->
    [queued] Waiting
    [sent] Sent
   *[failed] Failed
}
# $kind (text)
notice-kind = { $kind ->
    [account_added] Account added to a sign-in
    [claim_code] Code to claim the account
    [payment_received] Payment received
    [payment_failed] Payment refused
    [payment_returned] Payment taken back
    [autopay] Autopay
    [request] Request
    [arrangement] More time to pay
    [refund_given] Refund given
    [deposit] Deposit
    [lead_line] Lead in a service line
    [refund_failed] Refund failed
    [bill_ready] Bill ready
    [due_soon] Payment due soon
    [past_due] Payment past due
    [high_usage] Higher use than expected
    [high_bill] Bill above the customer’s amount
    [budget_ahead] Budget likely passed
    [tier_ahead] Higher price step ahead
    [leak] Possible leak or sudden rise
    [outage] Outage
    [planned_work] Planned work
    [urgent_notice] Urgent notice
    [digest] Several in one mail
    [text_code] Code for a phone number
    [landlord] Place that is rented out
    [hold] Protection of service
    [appointment] Appointment
    [sign_in] News of a sign-in
    [contact] Ways to reach the customer
    [verify_email] Confirm an e-mail address
    [already_registered] Sign-in that exists already
    [reset_password] New password asked for
    [password_changed] Password changed
    [new_device] Sign-in from a new device
    [change_email] Confirm a new e-mail address
    [email_changed] E-mail address of a sign-in changed
    [account_followed] Account comes with the customer’s sign-in
    [account_taken] Account opened to somebody else
    [delivery_changed] Delivery of bills changed
    [past_due_copy] Copy of a past due notice
    [sharing] Account shared
    [scheduled] Scheduled payment
    [budget_plan] Level payment plan
    [staff_invitation] Invitation to the office
   *[other] Notice
}

## Notes

note-title = New note
note-kind-label = What was it?
# $kind (text)
note-kind = { $kind ->
    [phone] Phone call
    [visit] Visit
    [letter] Letter
    [email] E-mail
   *[note] Note
}
note-text-label = Note
note-save = Save note
draft-kept = Not saved yet. It waits in this window until you save it or discard it.
in-place-close = Close
in-place-no-answer = No answer came: the network or the server is away. What you typed is still here; look at the account in another tab whether it was done, and send it again if not.
in-place-signed-out = You were signed out, and nothing was done. What you typed is still here: sign in again, come back to this tab and send it.
in-place-sign-in = Sign in in another tab
draft-drop = Discard it
note-saved = The note is saved.
note-empty = Write the note first.
# $longest (number)
note-too-long = A note has at most { $longest } characters.
note-latest = Latest notes
note-all = All contacts
note-none = No notes yet.

## A call, while it is open

call-begin = Call begins
call-begun = The call has begun.
call-other-open = Another call is still open, and this one was not begun. Wrap the open one up, or give it up, in the bar above; then begin this one.
call-bar = Open call
call-with = On a call with
# $moment (text)
call-since = since { $moment }
call-running = How long so far
call-wrap-up = Wrap up the call
call-wrap-up-now = End the call
call-give-up = Begun by mistake
call-given-up = The call is given up. It counts nowhere.
call-wrapped-up = The call is wrapped up and its note is saved.
call-wrapped-up-before = This call was wrapped up before. Its note stays.
call-ended-before = This call had ended before, and what you wrote now was not kept with it. Your words are still here: save them as a note, or leave them.
call-topic-label = What was it about?
call-topic-choose = Choose
# $topic (text)
call-topic = { $topic ->
    [high_bill] High bill
    [bill_in_error] Bill in error
    [payment] Payment
    [more_time] More time to pay
    [moving] Moving
    [outage] Outage
    [leak_or_quality] Leak or quality
    [meter_or_read] Meter or read
    [sign_in] Sign-in or portal
   *[other] Something else
}
call-text-label = What was said and done
call-solved-label = Solved on this call?

## What needs attention

# $amount (money)
# $on (day)
attention-returned = The bank took { $amount } back on { $on }
attention-returned-hint = No payment came since.
# $on (day)
attention-deposit = The deposit was due on { $on }
# $number (text)
attention-rebill = Cancel bill { $number } and bill again
# $amount (money)
attention-second = { $what }, { $amount }: a second person decides
attention-ordered-by = ordered by { $who }
# $on (day)
attention-ends = { $what } ends on { $on }
# $on (day)
attention-ended = { $what } ended on { $on }
attention-ended-hint = Nothing follows before somebody has looked at it.
attention-not-renewed = Not renewed yet.

## Who calls, and calls that were left open

call-identity-title = Ask who is calling
call-identity-hint = Let the caller say two of these before you say anything of the account.
call-identity-name = Name
call-identity-address = Service address
call-identity-bill = Last bill
# $amount (money)
# $on (date)
call-identity-bill-line = { $amount }, sent out { $on }
call-identity-phone = Phone ends in
call-identity-done = Identity checked
call-identity-checked = Identity checked
call-identity-open = Identity not checked
call-identity-noted = The caller’s identity is checked. It is kept with the call.
call-ended-already = The call had ended before. Nothing was changed.
call-left-open = This call was left open. End it with what it was about, or say that it was begun by mistake.
calls-open-title = Open calls
calls-open-hint = One of each person at the most. What was left open is ended here, with what it was about.
calls-open-none = Nobody has a call open.
calls-open-who = Taken by
calls-open-since = Since
calls-open-left = left open
calls-open-end = End an open call
# $moment (text)
calls-open-by = Taken by { $who } since { $moment }
