# Outages, planned work and urgent notices: what customers read and report, and what the office declares.

# $kind (text)
outage-kind = { $kind ->
    [outage] Outage
    [planned_work] Planned work
   *[urgent_notice] Urgent notice
}
# $status (text)
outage-status = { $status ->
    [planned] Planned
    [going_on] Going on
    [restored] Over
   *[canceled] Canceled
}
# $cause (text)
outage-cause = { $cause ->
    [unknown] Not known yet
    [equipment] Equipment failure
    [main_break] Main break
    [storm] Weather
    [accident] Accident or digging
    [animal] Animal or tree
    [supply] Supply from outside
    [maintenance] Maintenance
    [water_quality] Water quality
   *[other] Other
}
# $kind (text)
# $service (text)
outage-name = { $kind ->
    [outage] { $service }: outage
    [planned_work] { $service }: planned work
   *[urgent_notice] { $service }: urgent notice
}
# $side (text)
# $street (text)
# $from (text)
# $to (text)
outage-area-street = { $side ->
    [even] { $street }, even numbers { $from } to { $to }
    [odd] { $street }, odd numbers { $from } to { $to }
   *[both] { $street }, numbers { $from } to { $to }
}
# $code (text)
outage-area-postal-code = ZIP code { $code }
# $cycle (text)
outage-area-cycle = Billing area { $cycle }
# $streets (text)
# $feeder (text)
outage-area-feeder = Parts of { $streets } ({ $feeder })
# $streets (text)
outage-area-drawn = Parts of { $streets }
outage-area-accounts = Some addresses
outage-area-everywhere = Everywhere
outage-count = { $count ->
    [0] No accounts
    [one] 1 account
   *[other] { $count } accounts
}
# $news (text)
outage-news = { $news ->
    [declared] We let you know
    [extended] More addresses are affected
    [said] Update
    [expected] New estimate
    [begun] The work began
    [restored] It is over
   *[canceled] It was called off
}
# $when (text)
outage-since = Since { $when }
# $when (text)
outage-begins = Begins { $when }
# $when (text)
outage-expected = Expected back { $when }
# $when (text)
outage-expected-before = Was expected back { $when }; we are still at work and will say when we know more
outage-no-estimate = We do not know yet when the service is back.
# $when (text)
outage-ended = Over since { $when }
# $when (text)
outage-canceled-at = Called off { $when }
outage-why = Cause
outage-where = Where
outage-affected = Affected
outage-updates = Updates

outages-title = Outages and planned work
outages-intro = What we know of right now. This page keeps itself current.
outages-none = No outage is known, and no work is planned.
outages-report-action = Report an outage
outages-link = Outages
outages-all = All outages
outages-sign-in-text = See what is out right now, or tell us about an outage. You do not need to sign in.

outage-report-title = Report an outage
outage-report-danger = If you smell gas or see a downed wire: leave, and call 911 first.
# $phone (text)
outage-report-then = When you are safe, call us at { $phone }.
outage-report-service = What is out?
outage-report-postal-code = ZIP code of the place served
outage-report-details = What do you see? (optional)
outage-report-details-hint = Such as: no water since six, or a neighbor is out, too.
outage-report-send = Send the report
outage-report-done = Thank you. We have your report.
outage-report-not-found = We find no account with this number at this ZIP code. Check both on a bill.
# $most (number)
outage-report-too-long = Write at most { $most } characters.

banner-outage-more = See what we know

office-outages = Outages
outages-office-declare = Declare an outage
outages-office-none = Nothing was declared yet.
outages-office-reports = What customers report
outages-office-no-reports = Nothing was reported.
outages-report-known = Known
outages-report-unknown = Not in a known outage
outages-report-when = Reported
outages-office-public = Public page
outages-office-begins = Began or begins
outages-office-in = This account is in an outage:

outage-new-title = Declare an outage
outage-form-kind = What is it?
outage-form-service = Service
outage-form-cause = Cause
outage-form-begins = Began or begins
outage-form-begins-hint = Planned work begins later than now, all else began before now.
outage-form-expected = Service expected back (optional)
outage-form-words-en = What it means for customers, in English
outage-form-words-es = The same in Spanish
outage-form-words-hint = Everybody who is affected reads these words.
outage-form-area = Who is affected
outage-form-by = Chosen by
# $kind (text)
outage-form-area-kind = { $kind ->
    [street] Street and house numbers
    [postal_code] ZIP code
    [cycle] Bill cycle
    [feeder] Feeder, circuit or main
    [drawn] Corners on the map
    [accounts] Account numbers
   *[everywhere] Everywhere this service goes
}
outage-form-street = Street
outage-form-from = From number
outage-form-to = To number
outage-form-side = Side
# $side (text)
outage-form-side-word = { $side ->
    [both] Both sides
    [even] Even numbers
   *[odd] Odd numbers
}
outage-form-postal-code = ZIP code
outage-form-cycle = Bill cycle
outage-form-no-cycle = None
outage-form-feeder = Feeder, circuit or main
outage-form-feeder-hint = As the pages of the places name it, for the service chosen above.
outage-form-corners = Corners of the part of town
outage-form-corners-hint = “Latitude, longitude” in a line for each corner, such as 41.5412, -91.1304, in their order around it; or a GeoJSON polygon. At least three.
outage-form-map = Map of the places that are served
outage-form-map-hint = Click on the map to set the corners, one after the other. They are written into the field above.
# $count (number)
outage-form-map-lost = { $count ->
    [one] 1 place has no point on the map and is in no drawn part.
   *[other] { $count } places have no point on the map and are in no drawn part.
}
outage-form-map-undo = Take back the last corner
outage-form-map-clear = Take back all corners
outage-form-numbers = Account numbers
outage-form-numbers-hint = One to a line, or with commas between.
outage-form-look = See who is affected
outage-form-declare = Declare it and tell them
outage-look-title = Who is affected
outage-look-places = { $count ->
    [one] at 1 place
   *[other] at { $count } places
}
outage-look-hint = Nothing is told before you declare it. These are some of them:
outage-declared = It is declared. Everybody affected is being told.

outage-wrong-words = Write words in both languages.
# $most (number)
outage-wrong-long = Write at most { $most } characters.
outage-wrong-planned = Planned work begins later than now. What began is an outage.
outage-wrong-begun = This begins later than now. Declare it as planned work, or correct the time.
outage-wrong-far = This time is too far away. Correct it.
outage-wrong-expected = The service comes back later than it goes, and later than now.
outage-wrong-time = Write a date and a time such as 2026-12-08T14:30.
outage-wrong-nobody = Nobody with this service is there on that day. Check the street as bills print it and the numbers, the name of the feeder, or the corners.
# $number (text)
outage-wrong-account = There is no account { $number }.
# $typed (text)
outage-wrong-number = “{ $typed }” is no account number of ours.
# $most (number)
outage-wrong-many = Name at most { $most } accounts.
outage-wrong-house-numbers = Write house numbers from 1 on, the lower one first; 1 and 99999 take the whole street.
outage-wrong-postal-code = Write five digits.
outage-wrong-corners-few = A part of town has at least three different corners.
# $most (number)
outage-wrong-corners-many = Set at most { $most } corners.
# $line (number)
outage-wrong-corner-line = Line { $line } is no corner. Write latitude and longitude, such as 41.5412, -91.1304.
# $corner (number)
outage-wrong-corner-earth = Corner { $corner } is no point of the earth. The latitude comes first: from -90 to 90, then the longitude, from -180 to 180.
outage-wrong-corners-pasted = Paste GeoJSON with one polygon without holes, or write a line for each corner.
outage-wrong-corners-flat = All corners lie on one line. Set one beside it.
outage-wrong-corners-crossing = Two sides cross. Write the corners in their order around the part of town.
outage-wrong-nothing-new = All of these are affected already.
outage-wrong-status = It is over, or has not begun. Load the page again.

outage-act-update = Post an update
outage-act-update-text = Another time of return is told to everybody affected. Words alone are shown on the page; for urgent notices they are told, too.
outage-act-update-en = Words in English
outage-act-update-es = Words in Spanish
outage-act-expected = Service expected back
outage-act-post = Post it
outage-act-posted = The update is posted.
outage-act-extend = Add a part of town
outage-act-extend-add = Add them and tell them
outage-act-extended = They were added and are being told.
outage-act-end = End it
outage-act-restore = It is over: tell everybody
outage-act-restored = It is over. Everybody affected is being told.
outage-act-cancel = Cancel it: tell everybody
outage-act-canceled = It is canceled. Everybody affected is being told.

notice-outage-subject-out = Service outage at your address
notice-outage-subject-planned = Planned work at your address
notice-outage-subject-urgent = Urgent notice about your service
notice-outage-subject-expected = News of your service
notice-outage-subject-restored = Your service is back
notice-outage-subject-done = The planned work is done
notice-outage-subject-lifted = The urgent notice is lifted
notice-outage-subject-canceled = Called off
# $sort (text)
# $service (text)
# $begins (text)
notice-outage-text = { $sort ->
    [out] { $service } is out at your address since { $begins }.
    [planned] { $service } will be interrupted at your address for planned work from { $begins }.
    [urgent] There is an urgent notice about { $service } at your address since { $begins }.
    [expected] There is a new estimate for { $service } at your address.
    [restored] { $service } is back at your address. It was out from { $begins }. If yours is still out, report it.
    [done] The planned work is done. { $service } is back at your address; the work began { $begins }.
    [lifted] The urgent notice about { $service } from { $begins } is lifted.
   *[canceled] What we told you about { $service } at your address for { $begins } is called off.
}
# $cause (text)
notice-outage-cause = Cause: { $cause }.
# $when (text)
notice-outage-expected = We expect the service back { $when }.
notice-outage-action = See what we know
# Short enough for one segment.
# $sort (text)
# $service (text)
# $begins (text)
text-outage = { $sort ->
    [out] { $service } is out at your address.
    [planned] { $service } is off for planned work from { $begins }.
    [urgent] URGENT notice about { $service }. Read:
    [expected] { $service }: new estimate.
    [restored] { $service } is back at your address.
    [done] Planned work is done, { $service } is back.
    [lifted] The urgent notice about { $service } is lifted.
   *[canceled] { $service } notice of { $begins } is called off.
}
# $when (text)
text-outage-expected = Back by { $when }.
