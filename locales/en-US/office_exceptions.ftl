# The exceptions queue, and the office's first page.

exception-count = { $count ->
    [0] Nothing to show
    [one] 1 exception
   *[other] { $count } exceptions
}
exception-by-reason = Open, by reason
exception-about = About
exception-show = Show
exception-any = Any
exception-none = Nothing here waits for a person.
exception-age = Found
exception-urgent = Urgent
# $day (date)
exception-opened = found { $day }
exception-work = Work on it
# $status (text)
exception-status = { $status ->
    [open] Open
    [resolved] Resolved
    [dismissed] Dismissed
   *[all] All
}
# $kind (text)
exception-kind = { $kind ->
    [read] Read
    [bill] Bill
    [payment] Payment
    [import] File
    [delivery] Delivery
   *[other] { $kind }
}
# $who (text)
exception-owner = { $who ->
    [me] Me
    [nobody] Nobody
   *[other] Anyone
}
# $reason (text)
exception-reason = { $reason ->
    [no_read] No read at the period’s end
    [negative_usage] The register fell
    [high_usage] Use far above expected
    [low_usage] Use far below expected
    [zero_usage] No use where there was some
    [usage_on_inactive] Use without an agreement
    [out_of_order] Older than the last read
    [future_read] Read of the future
    [interval_gap] Intervals are missing
    [sum_mismatch] Intervals differ from the register
    [prolonged_estimation] Too many estimates in a row
    [rate_missing] No published rate
    [rate_mismatch] Rate for another service
    [out_of_range] Bill outside its bounds
    [suspended_service] Use on a suspended service
    [does_not_rederive] Second calculation differs
    [period_out_of_range] Period too short or long
    [fact_missing] The rate asks for a missing fact
    [actual_differs] Billed on a read that has changed
    [facts_changed] Drafted before facts changed
    [not_billed] Served and not billed
    [earlier_unbilled] Earlier period not billed
    [service_changed] Service changed after the draft
    [landlord_not_followed] Landlord’s service not in order
    [unknown_payment] Payment without an account
    [event_failed] Processor event failed
    [undelivered] Not delivered
    [possible_duplicate] Possibly paid twice
    [payment_disputed] Card payment disputed
    [refund_failed] A refund did not arrive
    [refund_not_taken] A refund was not made
    [refund_unsure] Unsure whether a refund was made
    [unexplained_money] Unexplained movement at the processor
    [payout_differs] Payout differs from its lines
    [processor_balance_differs] Processor holds another amount
   *[other] { $reason }
}
# $reason (text)
exception-help = { $reason ->
    [no_read] The bill needs a read at the end of the period. Enter one, or let the period be estimated.
    [negative_usage] The new value is lower than the last one and does not look like a register that turned over. Check the digits; enter the right value, or accept it if the meter was exchanged.
    [high_usage] The usage is far above what this service was expected to use. Check the digits, look for a leak, then accept it or enter another value.
    [low_usage] The usage is far below what this service was expected to use. Accept it if the place stood empty.
    [zero_usage] The register did not move although this service usually has use. Look for a stopped meter or an empty place.
    [usage_on_inactive] The register moved although nobody has an agreement at this place. Start service, or send somebody.
    [out_of_order] A read arrived that is older than one already recorded. It was put in its place; check that both are right.
    [future_read] A read arrived with a day that has not come yet. Check the clock of the meter or the file.
    [interval_gap] Part of the period has no interval values. They were estimated or must be.
    [sum_mismatch] The intervals of the period do not add up to what the register shows. Find out which one is right before billing.
    [prolonged_estimation] This service was estimated more often in a row than the policy allows. Get an actual read.
    [rate_missing] No published version of the rate covers the whole period. Publish one, or correct the agreement.
    [rate_mismatch] The rate of the agreement is not for this service or class. Correct the agreement.
    [out_of_range] The amount is outside the bounds set for this class. Look at the draft; void it or let it go out.
    [suspended_service] The service is suspended or ended in this period and yet has use. Correct the dates before billing.
    [does_not_rederive] The independent second calculation does not arrive at the same line. This bill cannot be issued; report it.
    [period_out_of_range] The period is shorter or longer than the cycle’s normal range. Check the dates; the charges are prorated.
    [fact_missing] The rate asks for something that the agreement does not say, such as a meter size. Add it to the agreement.
    [actual_differs] The bill rests on an estimate, or on a read that was mended, and the meter now says something else. Cancel the bill and bill the period again; or say why the bill stays as it is.
    [facts_changed] The facts of the service were changed after this draft was made, for days that it bills. Draft the bill again.
    [not_billed] The account was served in this period and has no bill for it. Draft the bill, or say why there is none.
    [earlier_unbilled] The account’s bill of an earlier period is not out yet. Issue that one first, then draft this one again.
    [service_changed] The account’s service was begun, ended, suspended, resumed or taken back after its bill was drafted, so that the draft was given up. It is drafted again by itself within minutes; draft it again here if you cannot wait.
    [landlord_not_followed] A tenant’s service ended, or its end was moved, and the landlord’s account could not take it over or was billed for it already. Look at the landlord’s account and the rate; then end the tenant’s service on the same day once more, or start service on the landlord’s account.
    [unknown_payment] Money arrived that names no account we know. Find the customer.
    [event_failed] A message of the payment processor could not be applied. Read it, then try again.
    [undelivered] A bill or notice came back. Correct the address and send it again.
    [payment_disputed] The cardholder disputes this payment. The processor holds the money back. Send evidence to the processor in time, or give the payment up.
    [refund_failed] The card or bank sent a refund back, and the money is on the account again. Ask the customer where it should go.
    [refund_not_taken] The processor did not make a refund that was ordered here, and nothing left the account. Order it again, or pay it another way.
    [refund_unsure] A refund was ordered here, and the processor gives no answer about it. Look at the processor whether it was made. Do not pay it another way before you know. It is looked for again by itself.
    [unexplained_money] The processor moved money that belongs to no payment, refund, dispute or payout known here. Find out at the processor what it was.
    [payout_differs] What the processor paid out is not the sum of the lines it names. The payout is not in the ledger. Ask the processor.
    [processor_balance_differs] The processor says it holds another amount than its lines come to. Ask the processor before the next payout.
   *[possible_duplicate] Two equal payments came within a day. Ask the customer before refunding one.
}
exception-what = What was found
# $name (text)
exception-fact = { $name ->
    [value] Value read
    [around] Needed around
    [before] Value billed
    [now] Value now
    [class] Class
    [prices] The rate prices
    [delivered] Delivered
    [by] By
    [why] Why
    [cycle] Cycle
    [previous] Value before
    [usage] Usage
    [expected] Expected
    [limit] Limit
    [unit] Unit
    [on] Day
    [from] From
    [until] Until
    [day] Day
    [days] Days
    [serial] Meter
    [meter] Meter
    [register] Register
    [commodity] Service
    [rate_code] Rate
    [rate] Rate
    [schedule] Rate
    [charge] Charge
    [total] Total
    [amount] Amount
    [least] Least
    [most] Most
    [count] Count
    [line] Line
    [text] Text
    [error] Error
    [finding] Finding
    [percent] Percent
    [current] Value read
    [latest] Latest read
    [shown] Shown
    [beside] Beside
    [values] Values
    [intervals] Intervals add up to
    [slots] Missing intervals
    [payment] Payment
    [event] Message
    [dispute] Dispute
    [payout] Payout
    [first] First
    [last] Last
    [period] Period
    [file] File
   *[other] { $name }
}
exception-why-nobody = Nobody is known who could be told.
exception-mend = Mend it
exception-accept-read = Accept the read
exception-bill-again = Draft the bill again
exception-open-bill = Open the bill
exception-cancel-bill = Cancel and bill again
exception-open-account = Open the account
exception-take = I will work on it
exception-release = Give it back
exception-taken = The work is yours now.
exception-released = The work was given back.
exception-answer = Answer
exception-resolution = What was done
exception-resolution-hint = The next person and the auditor read this.
exception-resolve = Resolved
exception-dismiss = Nothing to do
exception-never-use = Never use this read
exception-never-use-help = The read waits: no bill uses it. Accept it above, or say that it is never used: the bill is estimated instead, once reads are waited for no more. With any answer here nobody waits for it any longer.
exception-read-waits = The read waits for somebody who may enter reads: they accept it, or say that it is never used.
exception-answered = The exception is answered.
exception-reason-missing = Say what was done, or why nothing is.
# $longest (number)
exception-reason-too-long = An answer has at most { $longest } characters.
exception-already-answered = Somebody else answered this first.

## Today

today-title = Today
# $name (text)
today-hello = Good to see you, { $name }
today-open = Open exceptions
today-mine = Mine
today-mine-hint = that I took
today-unowned = nobody took them yet
today-paid = Paid today
today-payments = { $count ->
    [0] no payment yet
    [one] 1 payment
   *[other] { $count } payments
}
today-pending = On its way
today-owed = Owed in all
# $amount (text)
today-past-due = { $amount } past due by the dates of the bills
today-runs = Bill runs
today-no-runs = No bill run yet.
today-imports = Imports
today-no-imports = No file was imported yet.
today-queue = Exceptions by reason
today-see-all = See all
