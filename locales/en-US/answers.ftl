# Three questions answered from the books, and how long disputes take.

answers-title = Three questions, answered
# $since (date)
answers-hint = Read from the books now. What was done is counted since { $since }.
answers-dispute = Somebody says that a bill is wrong: how is that dealt with, and how long does it take?
answers-dispute-text = Bill, reads, prices, payments, messages and papers of a dispute are on one page, with every lawful outcome and its price. What is disputed is set aside until it is decided.
answers-came = Disputes that came
answers-open = Open
answers-decided = Decided
# $share (text)
answers-in-time = { $share }% by the promised day
answers-days = Days to a decision, average
answers-minutes = Minutes of a call that complains of a bill, average
answers-audit = Somebody asks who changed what, and why a bill is what it is: can that be shown?
answers-audit-text = Every change leaves a row that nobody can alter, in the same step as the change itself. Each line of a bill keeps what it was worked from.
answers-deeds = Deeds on record
# $count (number)
answers-by-staff = { $count } by people of the office
answers-entries = Entries in the ledger
answers-bills = Bills issued
answers-shut-off = Somebody is to be shut off: are notice, arrangement and the way back known?
answers-shut-off-text = A shut-off is handed out and done only with a yes of the rules on that day. A payment takes it back, and sends somebody to turn service on again on the same day.
answers-served = Written notices with proof
answers-ordered = Shut-offs ordered, not done
# $count (number)
answers-taken-back = { $count } taken back
answers-shut = Shut off
answers-reconnected = Turned on again
# $count (number)
answers-to-reconnect = { $count } still to do
# $share (text)
answers-same-day = { $share }% on the same day
answers-kept = What keeps a shut-off away today
answers-kept-none = No hold keeps a shut-off away today.
# $hours (text)
# $before (text)
service-disputes-time = At that pace, 150 disputes of a billing cycle take { $hours } hours; at 15 minutes each they take { $before }.
# $percent (text)
service-faster = That is { $percent }% less time.
# $percent (text)
service-slower = That is { $percent }% more time.
