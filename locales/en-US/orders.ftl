# Service orders: at the desk, in the field, and what a customer is told of a visit.

## Words of an order

# $kind (text)
order-kind = { $kind ->
    [turn_on] Turn service on
    [turn_off] Turn service off
    [read_in] Read at move-in
    [read_out] Read at move-out
    [re_read] Read the meter again
    [use_check] Check the use
    [leak] Look for a leak
    [meter_exchange] Exchange a meter
    [meter_test] Test a meter
    [tamper] Look into tampering
    [shut_off] Shut off for nonpayment
    [reconnect] Reconnect
    [door_tag] Leave a notice at the door
    [backflow_test] Backflow test
    [pressure_quality] Check pressure or quality
    [main_break] Main break
    [street_light] Street light
    [new_tap] New tap
   *[cart] Cart
}
# $state (text)
order-state = { $state ->
    [open] Open
    [assigned] Assigned
    [at_work] At work
    [not_done] Not done
    [done] Done
   *[canceled] Canceled
}
# $urgency (text)
order-urgency = { $urgency ->
    [emergency] Emergency
    [same_day] Same day
    [after_hours] After hours
   *[standard] Standard
}
# $slot (text)
order-slot = { $slot ->
    [all_day] 8 AM to 4 PM
    [morning] morning, 8 to noon
    [afternoon] afternoon, noon to 4
    [from_8_to_10] 8 to 10 AM
    [from_10_to_12] 10 AM to noon
    [from_12_to_2] noon to 2 PM
   *[from_2_to_4] 2 to 4 PM
}
# $why (text)
order-why = { $why ->
    [no_access] No access to the meter
    [unsafe] Not safe
    [not_found] Meter or valve not found, or stuck
    [no_parts] Parts were missing
    [customer_asked] The customer asked to wait
    [weather] Weather
    [no_time] No time
    [by_office] Taken back by the office
    [request_ended] The request has ended
    [protected] Protected: nobody may be shut off for it now
   *[paid] Nothing is left to shut off for
}
# $finding (text)
order-finding = { $finding ->
    [fine] Nothing is wrong
    [meter_faulty] The meter does not count right
    [leak_inside] A leak at the customer’s
    [leak_outside] A leak on our side
    [tampered] Somebody tampered with it
   *[repaired] Put right on the spot
}
# $what (text)
order-need = { $what ->
    [read] read
    [photo] photo
   *[finding] finding
}
order-number = Order { $number }
# $on (day)
order-appointment = { $on }, { $slot }

## The list and the account

orders-title = Service orders
orders-nav = Orders
# $count (number)
orders-count = { $count ->
    [one] 1 order
   *[other] { $count } orders
}
# $state (text)
orders-filter = { $state ->
    [waiting] Open
   *[all] All
}
orders-none = No order matches.
orders-of-account = All of this account
orders-none-open = No open orders.
order-day = Day
order-assignee = Sent out
order-due-by = Due
# $on (day)
order-due = due { $on }
order-when = Appointment
order-no-place-yet = Place: see the note
# $balance (money)
order-standing = Cycle { $cycle }, balance { $balance }
# $status (text)
# $held (money)
# $unpaid (money)
order-deposit = { $status ->
    [held] deposit of { $held } held
    [part_paid] deposit: { $held } held, { $unpaid } still to be paid
    [asked] deposit of { $unpaid } asked for, not paid
    [released] deposit given back
   *[waived] deposit waived
}
order-no-deposit = no deposit
# $on (day)
order-off-since = off since { $on }
# $on (day)
order-on-again = to be turned on again by { $on }

# $count (number)
orders-today = { $count ->
    [0] none came back
    [one] 1 could not be done
   *[other] { $count } could not be done
}

## Making one

order-new = New service order
order-new-hint = A crew sees it once it is planned for a day and given to somebody.
order-where = Where
order-elsewhere = Elsewhere: say where in the note
order-whole-place = { $place }, every metered service
order-one-service = { $service }, { $place }
order-day-hint = Left empty: as the kind of work has it.
order-slot-label = Part of the day
order-urgency-label = Hurry
order-instructions = What the crew has to know
order-instructions-hint = Access, a dog, whom to call.
order-make = Make the order
order-made = The order is made.
order-needs = What each kind brings back
order-choose-service = Choose the one service whose meter is exchanged.
order-choose-place = Choose a place: the meters there are read.

## One order

# $on (day)
order-made-by = made by { $who } on { $on }
order-what = What and where
order-request = Request
order-follows = Follows from
# $on (day)
order-worked-on = of { $on }
# $at (text)
order-photo-of = Photo by { $who }, { $at }
order-may-today = It may be handed out today. It is asked again when it is begun and when it is done.
order-may-more = All of it
order-plan = Plan
order-assignee-hint = Nobody: it waits in the list.
order-to-crew = A word to the crew
order-plan-now = Save the plan
order-planned = The plan is saved.
order-cancel = Take it back
order-cancel-why = Why
order-cancel-now = Cancel the order
order-canceled = The order is canceled.
# $state (text)
order-moved = { $state ->
    [done] This order is done already. Nothing was changed.
    [canceled] This order was canceled meanwhile. Nothing was changed; leave things as they are and call the office.
    [not_done] This order went back to the office meanwhile. Nothing was changed.
    [open] This order was taken off your list meanwhile. Nothing was changed; call the office.
   *[other] This order was moved meanwhile. Look at it again.
}
order-not-yours = This order is somebody else’s by now. Nothing was changed; call the office.
order-not-crew = That person is not sent out with orders.
order-may-not = This account may not be shut off today: { $why }. If service is off already, turn it on again and call the office.
order-shutoff-barred = No shut-off may be ordered for this account: { $why }.
order-shutoff-waits = One may be ordered, and is handed out on no day on which the rules say no. Today they do: { $why }.
order-shutoff-way = It is ordered once that has ended: who may lift a hold or decide a dispute does so where the law lets them.
order-not-today = A shut-off is handed out and done on one and the same day, and that day is today.
order-served = Somebody else is served here by now. Leave service on; the office cancels this order, or has the meter read.
order-day-missing = Choose the day on which somebody goes.
order-day-passed = That day has passed. Choose today or a later day.
order-words-missing = Write why.
order-no-place = Nobody has said where this is. The office chooses the place first.
# $from (date)
# $to (date)
order-not-that-day = Choose a day from { $from } to { $to }.
order-photo-missing = A photo is needed. Take one.
order-meter-missing = No meter of the inventory has this number. Check the plate of the new meter.
order-read-unusual = This is far from what was expected. Look again; if it is right, tick that you read it twice.

## In the field

field-nav = Field
field-title = My orders today
# $count (number)
field-count = { $count ->
    [one] 1 order, { $day }
   *[other] { $count } orders, { $day }
}
field-none = Nothing is left to do today.
field-start = On my way
field-free = Waiting for somebody
field-free-hint = Nobody has these orders yet. Take what you can do.
field-take = Take this order
field-taken = The order is yours.
field-begun = The office sees that you are on your way.
field-report = Report the result
field-outcome = How did it end?
field-outcome-done = Done
field-outcome-not = It could not be done
field-why = Why not
field-why-none = It was done
field-finding = What was found
field-choose = Choose
field-needed = (needed)
field-new-meter = Number of the new meter
field-new-shows = What the new meter shows
field-sure = I read every register twice
field-photo = Photo
field-note = Note
field-on = Day of the work
field-locate = Add where I am
field-located = Your location is added.
field-not-located = Your location could not be found. The result can be sent without it.
field-send = Send the result
field-done = The result is taken.
field-held = The result is taken. A read is unusual; the office looks at it.
field-led-on = The result is taken. It led to order { $number }.
field-not-done = It is back with the office.
# What a crew reads that shut off somebody who may not be.
field-shut-canceled = This order was canceled meanwhile: nobody may be shut off here.
field-shut-taken-back = This order was taken back meanwhile: nobody is shut off here today.
field-late = The order had ended meanwhile. What you did is kept, and the office looks at it.
# $number (text)
field-late-turn-on = The order had ended meanwhile. What you did is kept. Service is noted as off here, and order { $number } is to turn it on: do that now and call the office.
order-done-late = Done at the door after the order had ended. Look at what was done, then plan what is left or cancel the order again.
# $number (text)
field-turn-on = Service is noted as off here, and order { $number } is to turn it on: do that now and call the office.
field-turn-on-call = Service is noted as off here: turn it on again now and call the office.
field-stale = This shut-off was not handed out today. Do not shut off; the office has to ask the rules again.
# $state (text)
field-not-out = { $state ->
    [done] This order is done.
    [canceled] This order was canceled.
    [not_done] This order went back to the office.
   *[other] This order is not yours to do now.
}
field-waiting = On this phone
field-waits = Waits for coverage. It is sent by itself.
field-refused = Not taken:
field-sign-in = Sign in again to send what waits here.
field-drop = Throw it away
field-look = Open the order
field-send-now = Send now

## What a customer is told

# $state (text)
order-told = { $state ->
    [open] We plan the visit.
    [assigned] A visit is planned.
    [at_work] Somebody is on the way or at work.
    [not_done] It could not be done yet. We plan another visit.
    [done] It is done.
   *[canceled] Nobody comes any more.
}
order-told-when = Somebody comes { $when }

## What the customer is told of an appointment

# $on (long day)
# $slot (text)
notice-appointment-made-text = Somebody of ours comes on { $on }, { $slot }.
notice-appointment-made-subject = Your appointment with us
notice-appointment-moved-subject = Your appointment has moved
# $on (long day)
# $slot (text)
# $was (long day)
notice-appointment-moved-text = Somebody of ours comes on { $on }, { $slot }. That takes the place of what we said before: { $was }.
notice-appointment-off-subject = Your appointment is off
# $was (long day)
notice-appointment-off-text = Nobody comes on { $was }. We tell you as soon as there is another day.
notice-appointment-canceled-subject = Your appointment is canceled
# $was (long day)
notice-appointment-canceled-text = Nobody comes on { $was }: there is nothing left to do.
notice-appointment-tomorrow-subject = We come tomorrow
# $on (long day)
# $slot (text)
notice-appointment-tomorrow-text = Somebody of ours comes tomorrow, { $on }, { $slot }.
# $what (text)
# $place (text)
notice-appointment-for-at = What it is for: { $what }. Where: { $place }.
# $what (text)
notice-appointment-for = What it is for: { $what }.
notice-appointment-access = Please see that we can reach the meter. If the day does not suit you, call us.
notice-appointment-action = See your appointment
# $what (text)
# $on (day)
# $slot (text)
text-appointment = { $what }: we come { $on }, { $slot }.
# $what (text)
# $was (day)
text-appointment-off = { $what }: nobody comes { $was }.
# $what (text)
# $slot (text)
text-appointment-tomorrow = { $what }: we come tomorrow, { $slot }.
# $what (text)
# $when (text)
home-visit = { $what }: somebody of ours comes { $when }.
# $on (date)
order-customer-told = The customer was told on { $on }.
