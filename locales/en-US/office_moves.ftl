# Moving out, moving in, moving from one place to another: the office's form, its look at what comes of it, and the words to the customer.

move-act = Move in or out
move-title = Move in or out
move-hint = Fill in what ends, what begins, or both. Nothing counts before you have looked at it.

## The old place

move-out = Moving out
move-last-day = Last day of service
move-last-day-hint = Leave it empty where nothing ends. The day itself is still billed here.
move-what-ends = What ends
move-no-services = The account has no service.
# $serial (text)
# $unit (text)
move-read = Meter { $serial } shows, in { $unit }
# $fate (text)
move-read-without = { $fate ->
    [known] The read of that day is there.
    [reported] The meter reports by itself.
    [estimated] Nothing entered: a read from within three days counts; without one, an estimate stands in when the bills are made.
   *[needed] Nothing entered: somebody must read it, for no estimate can stand in. Until then the bill is held.
}

## The new place

move-in = Moving in
move-first-day = First day of service
move-first-day-hint = Leave it empty where nothing begins.
move-find = Find the place
move-find-hint = Number and street. A name or a meter finds it too.
move-find-now = Find
move-found = Places that were found
move-none-found = No place has this address. Write its number and the beginning of the street.
move-show-services = Show the services there
move-vacant = Nobody is served there
# $name (text)
# $account (text)
move-served = { $name }, account { $account }, is served there.
# $name (text)
# $account (text)
# $day (date)
move-served-until = { $name }, account { $account }, is served there until { $day }.
# $account (text)
move-served-landlord = The landlord's account { $account } is served there, and gives way.
# $place (text)
move-what-begins = What begins at { $place }
move-no-points = Nothing is delivered to this place. A crew must connect it first.
# $service (text)
move-rate-of = Rate for { $service }

## Mail

move-mail = Mail
# $lines (text)
move-mail-now = Now it goes to { $lines }.
move-mail-unknown = No address for mail is known.
move-mail-where = Mail goes
# $way (text)
move-mail-choice = { $way ->
    [keep] as now: to the mailing address, or else to the place served
    [place] to the new place
   *[address] to this address
}
move-mail-from = From
move-mail-hint = Also for the last bill of the old place. At most four lines, without the name.

## What is wrong

move-nothing = Say what ends, what begins, or where mail goes.
move-choose-services = Choose at least one service.
move-choose-place = Find the place and choose it.
move-choose-day = Say on which day service begins.
move-choose-rate = Choose a rate
move-write-address = Write the address that mail goes to.
move-mail-no-place = There is no new place. Write an address, or leave mail as it is.
# $day (date)
move-read-to-come = Enter a read on { $day } or later: the day is still to come.
move-read-later = Enter reads when their day has come.
# $reasons (text)
move-read-unusual = The read is unusual: { $reasons }. Look at it again, and confirm it.
# $service (text)
# $why (text)
move-not-stopped = { $service } does not end on that day. { $why }
# $service (text)
# $why (text)
move-not-started = { $service } does not begin there. { $why }
# $code (text)
# $class (text)
move-other-class = { $code } has no prices for this account's class: { $class }. Choose another rate.
# $day (date)
move-billed-until = The account's bill for the days before { $day } is out. Choose { $day } or later; or cancel that bill, carry the move out, and bill it again.
move-account-closed = The account's standing does not allow it.
move-not-as-asked = The request asks for more than this. A move has an end here and a beginning there.

## The look before it counts

move-look = Look at what it comes to
move-check-title = Look before it counts
move-check-hint = Nothing has been done yet.
move-check-what = What it comes to
move-check-ends = What ends
move-check-begins = What begins
move-check-bills = Bills
# $service (text)
# $day (date)
move-line-ends = { $service }: the last day is { $day }
# $service (text)
# $day (date)
# $rate (text)
move-line-begins = { $service }: the first day is { $day }, by rate { $rate }
# $fate (text)
# $serial (text)
move-read-fate = { $fate ->
    [entered] Meter { $serial }: the read is entered with this.
    [known] Meter { $serial }: the read of that day is there.
    [reported] Meter { $serial } reports by itself: what it showed when the day began is taken.
    [estimated] Meter { $serial } is not read yet: a read from within three days counts, else an estimate.
   *[needed] Meter { $serial } must be read: no estimate can stand in, and the bill is held until somebody enters it.
}
# $serial (text)
# $day (date)
move-read-estimated = Meter { $serial } is not read yet. A read from within three days of it counts; where none is entered by { $day }, an estimate stands in.
# $account (text)
move-landlord-continues = The landlord wants it to go on: it does from the next day, on account { $account }, and the landlord is told.
move-landlord-vacant = The landlord wants the place left without it, and is told.
# $account (text)
move-landlord-stuck = The landlord wants it to go on, and account { $account } cannot take it over as it stands: an exception asks somebody to look.
# $account (text)
move-landlord-billed = Service on the landlord's account { $account } was billed already and stays as it is: an exception asks somebody to look.
# $account (text)
# $day (date)
move-gives-way = The landlord's account { $account } is served there until then, and gives way on { $day }.
# $cycle (text)
# $issue (date)
# $due (date)
# $last (date)
move-bill-both = One bill of { $cycle } covers both places, dated { $issue } and due { $due }: the old one to { $last }, the new one from its first day, each by its days.
# $cycle (text)
# $last (date)
# $issue (date)
# $due (date)
move-bill-last = { $cycle } bills the old place to { $last }, by its days. That bill is dated { $issue } and due { $due }.
# $cycle (text)
# $first (date)
# $issue (date)
# $due (date)
move-bill-first = { $cycle } bills the new place from { $first }, by its days. That bill is dated { $issue } and due { $due }.
# $day (date)
# $lines (text)
move-mail-to = From { $day } it goes to { $lines }, the last bill of the old place too if it comes out then.
# $day (date)
# $place (text)
move-mail-place = From { $day } it goes to { $place }, the last bill of the old place too if it comes out then.
# $lines (text)
move-mail-stays = It goes on going to { $lines }.
# $cycle (text)
# $day (date)
move-cycle-changes = The new place is read with { $cycle }. The account is billed by it from { $day }, and by its present cycle until then: every day once.
# $cycle (text)
move-cycle-stays = The new place is read with { $cycle }. The account stays with its own cycle, because it is served elsewhere too or came to it lately: reads near its own read day are needed at the new place, or estimates stand in.
# $day (date)
move-run-made = The bills of the period that begins on { $day } are dated already. If the account is not among them, it comes to the exceptions as not billed: draft it there.
# $day (date)
move-overlap-day = On { $day } both places are served, and both are billed.
# $first (date)
# $last (date)
move-overlap = From { $first } to { $last } both places are served, and both are billed.
# $from (date)
# $first (date)
move-gap = From { $from } until { $first } the account has no service.
# $service (text)
move-not-begun = { $service } ends at the old place, can be had at the new one, and does not begin there.
# $count (number)
move-mail-others = { $count ->
    [one] The customer's other account gets its mail there too.
   *[other] The customer's { $count } other accounts get their mail there too.
}
# $balance (money)
move-no-service = After that the account has no service. Its balance is { $balance } now. Its standing stays as it is: move it to closing once the last day has passed, and to closed when the last bill is settled.
move-words = Message to the customer
move-words-hint = The customer reads it with the request and is told once. It is in the language of the account.
move-do = Carry it out
move-change = Change it
move-changed = It comes to something else by now. Look again, then carry it out.
move-done = It is done.
move-done-told = It is done, and the customer is told.
move-billed-to = Billed to
move-goes-along = What is owed, arrangements, disputes, autopay and a deposit stay with the account and move with it.

## To the customer

# $place (text)
# $day (date)
# $services (text)
move-told-ended = Service at { $place } ends with { $day }, the last day: { $services }.
# $place (text)
# $day (date)
# $services (text)
move-told-begun = Service at { $place } begins on { $day }: { $services }.
# $day (date)
# $issue (date)
move-told-last-bill = The bill that covers the old place to { $day } is dated { $issue }.
# $day (date)
# $lines (text)
move-told-mail = From { $day } your mail goes to { $lines }.
# $day (date)
move-told-mail-place = From { $day } your mail goes to the new place.

## Beside it

move-carry-out = Carry it out
move-carry-out-hint = Opens the move with the days and the place that the customer wrote. Nothing counts before you have looked at it.
# $day (date)
account-no-service = No service since { $day }
account-no-service-hint = Move its standing to closing, and to closed when it is settled.
account-no-service-move = Standing of the account
# $day (date)
account-cycle-from = from { $day }
# $day (date)
account-service-from = from { $day }
# $day (date)
# $lines (text)
account-mail-coming = from { $day }: { $lines }
# $day (date)
account-mail-coming-place = from { $day }: the place served
