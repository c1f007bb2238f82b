# Places, what is delivered to them, and the meters that count it.

places-title = Places
places-none = No place is known yet. Open the first, or import them all from a file.
places-not-found = No address has all of these words. Look for fewer of them, or open the place.
place-search = Words of an address
place-new = New place
place-edit = Change the place
place-save = Save the place
place-opened = The place is open. Say what is delivered there.
place-changed = The change is saved.
place-street = Number and street
place-unit = Apartment or suite
place-if-any = Leave it empty where there is none.
place-city = City
place-state = State, two letters
place-zip = ZIP code
place-cycle = Bill cycle
place-cycle-hint = Suggested for a new account here, and followed by who moves in; whoever is served here now keeps theirs.
place-no-cycle = None yet
place-units = Homes
place-units-hint = How many households live here; 0 for none.
place-area = Roof and pavement, square feet
place-area-hint = For stormwater. Leave it empty where nobody measured it.
place-north = Degrees north
place-east = Degrees east
place-point = Point on the map
place-facts = About the place
place-too-long = Write at most 80 characters in a line.
place-bad-state = Write the two letters of a state, such as IL.
place-bad-zip = Write a ZIP code such as 60000 or 60000-1234.
place-bad-units = Write a whole number of homes, 0 or more.
place-bad-area = Write a number that is not below zero.
place-bad-point = Write both degrees, such as 41.8781 and -87.6298, or neither.
place-known = This address is known already: look for it among the places.
place-no-points = Nothing is delivered here yet. Add the first service point beside.
place-served = Who is served
place-nobody = Nobody was ever served here.
place-no-meter = No meter ever hung here.
# $day (date)
place-since = since { $day }
place-unmetered = Somebody is served here and no meter counts it. Hang one, or the bill waits.
place-point-new = New service point
place-point-hint = Where one service is delivered. A second one of the same service has a name of its own.
place-point-open = Add the point
place-point-opened = The service point is open.
place-point-known = This service has such a point here already. Give the new one a name of its own.
place-commodity = Service
place-label = Name of the point
place-feeder = Feeder, circuit or main
place-feeder-save = Save the feeder
place-label-hint = Only where there are several, such as “Garden”.

## The inventory of meters

meters-title = Meters
meters-none = No meter is in the inventory with that number.
meter-search = Beginning of a meter’s number
meter-whereabouts = { $at ->
    [in_place] In place
    [in_stock] In stock
   *[other] All meters
}
meter-state = { $state ->
    [in_place] In place
    [removed] Taken down
   *[new] Never installed
}
meter-serial = Meter number
# $serial (text)
meter-title = Meter { $serial }
meter-kind-label = Kind
meter-kind-hint = Two registers for a compound or net meter, one for the others; one for peaks may be added.
meter-kind = { $kind ->
    [simple] One register
    [compound] Compound, high and low flow
    [deduct] Deduct: never reaches the sewer
    [net] Net: delivered and received
   *[other] { $kind }
}
meter-size = Size
meter-size-hint = As your rates name it, such as 5/8. Leave it empty where no rate asks for it.
meter-registers = Registers
# $slot (text)
meter-register-no = Register { $slot }
meter-no-register = No register
meter-counts = It counts
meter-channel = { $channel ->
    [delivered] Delivered
    [received] Received from the customer
    [high] High flow
    [low] Low flow
    [demand] Peak power
   *[other] { $channel }
}
meter-unit = In
meter-dials = Whole digits
meter-decimals = Decimals
meter-multiplier = Multiplier
meter-multiplier-hint = What one unit on the face stands for; 1 where the face shows the unit itself.
meter-interval = Intervals
meter-no-intervals = It records none
# $minutes (number)
meter-every = every { $minutes } minutes
meter-key = Name in import files
meter-key-hint = Leave it empty to use the meter’s number.
meter-last-read = Last read
meter-places = Where it hung
meter-new = New meter
meter-take = Take it in
meter-taken-now = The meter is in the inventory.
meter-bad-serial = Write the number on the meter, at most 40 characters.
meter-bad-size = Write at most 40 characters.
# $serial (text)
meter-serial-taken = Meter { $serial } is in the inventory already.
# $key (text)
meter-key-taken = Another register is called { $key } in import files. Give this one another name.
meter-bad-registers = { $kind ->
    [simple] A meter of this kind has one register for what is delivered, and at most one for peaks.
    [compound] A compound meter has one register for high flow and one for low flow.
    [deduct] A deduct meter has one register, for what is delivered.
   *[net] A net meter has one register for what is delivered and one for what is received, and at most one for peaks.
}
# $channel (text)
# $unit (text)
meter-bad-unit = A register of this kind ({ $channel }) does not count in { $unit }: peaks are in kW or kVA, and nothing else is.
# $dials (number)
# $decimals (number)
meter-bad-face = A face has 1 to { $dials } whole digits and at most { $decimals } decimals.
meter-bad-multiplier = Write a number above zero.

## Hung, exchanged, taken down

meter-install = Install a meter
meter-exchange = Exchange
meter-remove = Take down
meter-move-title = { $deed ->
    [install] Install a meter
    [exchange] Exchange a meter
   *[remove] Take a meter down
}
meter-move-do = { $deed ->
    [install] Install it
    [exchange] Exchange them
   *[remove] Take it down
}
meter-move-done = { $deed ->
    [install] The meter is installed.
    [exchange] The meters are exchanged. The period is billed what both of them counted.
   *[remove] The meter is taken down and in stock again.
}
meter-move-day = Day
meter-move-day-hint = { $deed ->
    [install] The first day on which it counts.
    [exchange] The day on which the one goes and the other comes.
   *[remove] The first day without it.
}
meter-which = Which meter comes
meter-none-in-stock = No meter is in stock. Take one into the inventory first.
meter-not-in-stock = No meter in stock has this number. Take it into the inventory first.
# $serial (text)
# $kind (text)
meter-comes = Meter { $serial }: { $kind }
meter-another = Choose another
meter-closing = What the meter that goes shows
meter-opening = What the meter that comes shows
# $serial (text)
# $channel (text)
# $unit (text)
meter-shows = { $serial }, { $channel }, { $unit }
meter-by-intervals = Leave it empty where the meter is billed by its intervals alone
meter-beside = It counts beside the meter that hangs here: the bill is for both together
meter-future = This day has not come yet.
# $service (text)
meter-not-metered = { $service } has no meter of its own.
# $unit (text)
# $service (text)
meter-wrong-unit = A register in { $unit } cannot count this service: { $service }.
# $place (text)
# $day (date)
meter-hangs-elsewhere = This meter hangs at { $place } since { $day }. Take it down there first.
# $serial (text)
meter-point-taken = Meter { $serial } hangs here. Exchange it, or say that both count together.
meter-nothing-to-deduct = No meter hangs here that this one could deduct from. Install that one first.
# $day (date)
meter-not-hung = This meter did not hang here before { $day }. Choose a later day.
meter-not-alike = A deduct meter is exchanged for a deduct meter, and no other for it.
meter-same = These two are one meter. Choose the one that comes.
# $day (date)
meter-billed = The days before { $day } were billed already. Cancel that bill first, or choose a later day.
# $day (date)
meter-drafted = A draft bills the days before { $day }. Void that draft first, or choose a later day.
# $day (date)
meter-ends-with-bill = A bill ended on { $day } with another read of this meter. Enter that read, or choose the day after: what was used until then is billed with the next period.
# $value (text)
meter-other-value = This register was read at { $value } on that day already. Enter that value here. If it is wrong, first enter the right one as a read of that day from the page of the account.
meter-moved-unread = This was recorded already, without a read of this register. Enter the value as a read of that day from the page of the account.
