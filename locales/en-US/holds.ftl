# Holds and shut-offs: the office's pages, the customer's pages, the letters.

holds-title = Holds
# $kind (text)
hold-kind = { $kind ->
    [medical_certificate] Medical certificate
    [life_support] Life support
    [military] Military service
    [hardship] Hardship
    [dispute] Dispute
    [arrangement] Arrangement
    [pledge] Pledge of an agency
    [bankruptcy] Bankruptcy
    [moratorium] Moratorium
    [landlord_tenant] Tenants of a landlord
    [vulnerable_household] Elderly, very young or disabled person at home
   *[staff] Held by the office
}
# $kind (text)
hold-kind-said = { $kind ->
    [medical_certificate] medical certificate
    [life_support] life support
    [military] military service
    [hardship] hardship
    [dispute] dispute
    [arrangement] arrangement
    [pledge] pledge of an agency
    [bankruptcy] bankruptcy
    [moratorium] moratorium
    [landlord_tenant] tenants of a landlord
    [vulnerable_household] elderly, very young or disabled person at home
   *[staff] held by the office
}
# $stop (text)
hold-stop = { $stop ->
    [late_fee] no late fee
    [reminder] no reminders
    [autopay] no autopay
    [shut_off] no shut-off
    [deposit_request] no deposit asked
   *[write_off] no write-off
}
# $state (text)
hold-state = { $state ->
    [in_force] In force
    [coming] To come
   *[past] Over
}
# $then (text)
hold-then = { $then ->
    [resume] What it kept away is possible again.
    [offer_time] The customer is offered more time to pay.
   *[review] Nothing is possible before somebody has looked at it.
}
hold-kind-label = Kind
hold-stops-label = Keeps away
hold-then-label = At its end
hold-last = Last day
hold-no-end = until it is lifted
hold-document-due = Document missing
hold-to-look = To look at
# $from (date)
# $last (date)
hold-days = { $from } to { $last }
# $from (date)
hold-days-open = From { $from }, until it is lifted

## The queue

holds-hint = Holds that end soon, and those whose end waits for somebody.
# $count (number)
holds-count = { $count ->
    [one] 1 hold
   *[other] { $count } holds
}
holds-ends = Ends
# $days (number)
holds-within = { $days ->
    [one] within 1 day
   *[other] within { $days } days
}
holds-within-any = any time, or never
holds-none = Nothing ends in this time.
holds-ending = Holds ending
# $free (number)
holds-today = { $free ->
    [0] all are taken
    [one] 1 nobody has taken
   *[other] { $free } nobody has taken
}

## One hold

hold-about = What it is
hold-signer = Who signed or promised
hold-told-on = Told of on
hold-placed = Placed by
hold-policy-label = Terms
hold-renewed = Renewed
# $by (text)
# $day (date)
hold-lifted-by = Lifted by { $by } on { $day }:
hold-documents = What it rests on
hold-documents-none = No document is kept with it.
hold-fingerprint = SHA-256
hold-documents-add = Add documents
hold-documents-keep = Keep
hold-documents-kept = The documents are kept.
hold-document-came = The document that it awaited is here. It protects until somebody has looked at it: renew it, lift it, or answer for its end.
hold-document = Documents
hold-document-hint = PDF or pictures, 10 MB each and 40 MB together at the most; more can be added afterwards. No diagnosis is needed.
hold-document-again = Choose them again: a browser does not keep files.
hold-document-large = This file is larger than 10 MB. Scan it in gray or send fewer pages.
hold-document-strange = This file is neither a PDF nor a picture. Scan it as a PDF, or take a photo.
hold-document-broken = This file is broken. Save or scan it once more.
# $most (number)
hold-too-many-documents = One hold has { $most } documents at the most. Put pages together in one PDF.
hold-others = Other periods of the same kind
hold-work = Its end
# $day (date)
hold-work-since = To look at since { $day }.
hold-answer = What was found
hold-answer-hint = What you write is kept with the hold. What follows at its end may follow then.
hold-answer-now = I have looked at it
hold-was-answered = Noted. What follows may follow.
hold-assigned = The work is given.
# $day (date)
hold-not-yet = Its end is looked at from { $day } on. Lift it or renew it if something changes before.
hold-not-owner = This person does not work holds. Choose somebody else.
hold-renew = Renew it
hold-renew-hint = The new period begins on the day on which this one ends.
hold-renew-now = Renew
hold-was-renewed = The hold is renewed.
hold-lift = Lift it
hold-lift-hint = It protects no more from today on, and the customer is told where it is theirs to know.
hold-lift-why = Why does it end?
hold-lift-now = Lift it today
hold-was-lifted = The hold is lifted.
hold-has-ended = It has ended, or somebody was faster. Look at it once more.
hold-words-missing = Write a few words, so that the next reader understands.
# $most (number)
hold-words-long = Write { $most } letters at the most.

## The form

hold-new = Place a hold
hold-new-hint = What it keeps away, and for how long, is the policy's to say.
hold-from = First day
hold-last-hint = Empty: as long as the policy gives.
hold-signer-hint = The doctor, the agency, the court and case, the unit.
hold-signer-again = Empty: the same as before.
hold-reason = Why
hold-reason-hint = What the next reader needs. No diagnosis.
hold-place-now = Place the hold
hold-not-now = Not now
hold-was-placed = The hold is placed.
hold-terms = What the policy gives
# $stops (text)
hold-stops-line = Keeps away: { $stops }
# $first (number)
# $renewals (number)
# $days (number)
hold-lasts = { $first ->
    [one] 1 day
   *[other] { $first } days
}, renewed { $renewals ->
    [one] once
   *[other] { $renewals } times
} for { $days ->
    [one] 1 day
   *[other] { $days } days
}
hold-needs-document = rests on a document
# $days (number)
hold-needs-document-within = { $days ->
    [one] rests on a document, which may come within 1 day
   *[other] rests on a document, which may come within { $days } days
}
hold-needs-nothing = no document
# $most (number)
hold-most-days = { $most ->
    [one] 1 day in twelve months at the most
   *[other] { $most } days in twelve months at the most
}
hold-none = Nothing protects this account.
hold-refused-not-offered = The policy has no hold of this kind. Whoever sets policies can add it.
# $jobs (text)
hold-refused-role = The policy leaves this to: { $jobs }.
hold-refused-document = Add the document that it rests on.
hold-refused-signer = Write who signed or promised.
hold-refused-passed = It begins today or later.
# $last (date)
hold-refused-far = It begins on { $last } at the latest.
hold-refused-ends-before = The last day comes before the first.
# $last (date)
hold-refused-long = The policy gives it until { $last } at the most.
# $last (date)
hold-refused-long-without = Without its document it lasts until { $last } at the most. Add the document, or choose an earlier day and renew it when the document comes.
# $from (date)
# $last (date)
hold-refused-overlaps = One of this kind protects from { $from } to { $last }. Renew that one instead.
# $from (date)
hold-refused-overlaps-open = One of this kind protects since { $from }, without an end.
# $most (number)
hold-refused-periods = { $most ->
    [one] The policy gives one in twelve months, and it was given.
   *[other] The policy gives { $most } in twelve months, and they were given.
}
# $most (number)
# $left (number)
hold-refused-days = { $most ->
    [one] The policy gives 1 day in twelve months
   *[other] The policy gives { $most } days in twelve months
}; { $left ->
    [0] none is left.
    [one] 1 is left.
   *[other] { $left } are left.
}
# $most (number)
hold-refused-renewals = { $most ->
    [0] The policy does not renew holds of this kind.
    [one] The policy renews it once, and that was done.
   *[other] The policy renews it { $most } times, and that was done.
}
hold-refused-no-end = It has no end that could be moved.
hold-refused-ended = It has ended. Place a new one.
hold-refused-renewed = It was renewed already.
people-held = A hold keeps this account from being written off. Look at its holds first.

## Everybody

moratoria-title = Moratoria
moratoria-hint = Times in which nobody of a group is shut off.
moratoria-declared = Declared
moratoria-none = None was declared.
moratorium-declare = Declare one
moratorium-declare-now = Declare it
moratorium-declared = The moratorium is declared.
moratorium-class = For whom
moratorium-service = With which service
moratorium-every-class = Every class
moratorium-every-service = Every service
moratorium-everybody = Everybody
moratorium-reason = Why
moratorium-reason-hint = Cold, heat, a storm, an emergency. Name who advised or ordered it.
moratorium-end = End it
moratorium-end-now = End it today
moratorium-was-ended = The moratorium has ended.
# $by (text)
# $day (date)
moratorium-ended-by = Ended by { $by } on { $day }:
forecast-weather = Forecast
forecast-hint = Where the rules name a temperature, nobody is shut off on a day without a forecast that was noted on that day or the day before. Of each day the strictest one noted counts.
forecast-none = No forecast is noted for the days ahead.
forecast-day = Day
forecast-low = Lowest
forecast-high = Highest
forecast-low-hint = Degrees Fahrenheit
forecast-note = Note the forecast
forecast-noted = The forecast is noted.
forecast-again = Note it again: too old to count
# $degrees (text)
forecast-degrees = { $degrees } °F
# $low (text)
# $high (text)
forecast-span = { $low } to { $high }
# $from (date)
# $to (date)
forecast-not-ahead = Choose a day from { $from } to { $to }.
forecast-reversed = The lowest temperature is above the highest.
forecast-not-degrees = Write degrees Fahrenheit, such as 28 or -4.

## May it be shut off?

shutoff-title = Shut-off
shutoff-yes = Possible
shutoff-no = No
shutoff-page = May it be shut off today?
shutoff-page-hint = Worked out now, for today alone.
shutoff-answer-yes = It may be shut off today
shutoff-answer-no = It may not be shut off today
shutoff-may-text = Every rule is met today. Tomorrow it is asked anew.
shutoff-sources = By:
shutoff-no-sources = No rules are set for this place, so that nothing is allowed. They are set under Policies.
# $state (text)
shutoff-no-rules = no rules are set for { $state }
shutoff-no-place = nothing is served here
shutoff-not-served = the account is not in service
shutoff-nothing-past-due = nothing is past due
# $from (date)
shutoff-too-young = what is past due counts from { $from }
# $owed (money)
# $least (money)
shutoff-too-little = { $owed } counts, and it takes { $least }
# $amount (money)
shutoff-disputed = { $amount } is in dispute
# $amount (money)
shutoff-arranged = { $amount } is in an arrangement
# $amount (money)
shutoff-pending = { $amount } is on its way
# $amount (money)
shutoff-penalties = { $amount } is fees, and nobody is shut off for those
# $amount (money)
shutoff-deposit = { $amount } is a deposit, and nobody of this class is shut off for that
# $what (text)
# $last (date)
shutoff-held = { $what } until { $last }
# $what (text)
shutoff-held-open = { $what }, without an end
# $what (text)
# $end (date)
shutoff-unreviewed = { $what } ended on { $end }, and nobody has looked at it since
# $kind (text)
shutoff-unserved = { $kind ->
    [written] written notice not yet given for what is past due now
    [contact] nobody was spoken to
    [posted] no notice was left at the door
    [occupants] no notice yet to the people who live there
   *[plan_offered] no winter plan offered in writing yet
}
# $what (text)
shutoff-unproven = no proof that the { $what } arrived
# $what (text)
# $from (date)
shutoff-too-soon = the { $what } counts from { $from }
# $what (text)
# $days (number)
shutoff-hardship = because of { $what } the notice must come { $days ->
    [one] 1 day
   *[other] { $days } days
} earlier
# $what (text)
# $last (date)
shutoff-too-old = the { $what } counted until { $last }
# $done (number)
# $needed (number)
# $days (number)
shutoff-contacts-missing = { $done } of { $needed ->
    [one] 1 call or visit
   *[other] { $needed } calls or visits
} made, on { $days ->
    [one] one day
   *[other] { $days } different days
}
# $from (date)
shutoff-contact-too-soon = the calls or visits count from { $from }
# $day (text)
shutoff-weekday = { $day ->
    [monday] not on a Monday
    [tuesday] not on a Tuesday
    [wednesday] not on a Wednesday
    [thursday] not on a Thursday
    [friday] not on a Friday
    [saturday] not on a Saturday
   *[sunday] not on a Sunday
}
shutoff-holiday = today is a holiday
shutoff-eve = tomorrow is a holiday
shutoff-before-closed = the office is closed tomorrow
# $last (date)
shutoff-winter = winter, until { $last }
# $day (date)
shutoff-cold = too cold on { $day }
# $day (date)
shutoff-heat = too hot on { $day }
# $day (date)
shutoff-weather-unknown = no forecast noted yesterday or today for { $day }

# $kind (text)
served-kind = { $kind ->
    [written] Written notice
    [contact] Call or visit
    [posted] Notice at the door
    [occupants] Notice to the people who live there
   *[plan_offered] Winter plan offered in writing
}
# $kind (text)
served-kind-said = { $kind ->
    [written] written notice
    [contact] call or visit
    [posted] notice at the door
    [occupants] notice to the people who live there
   *[plan_offered] winter plan
}
# $way (text)
served-way = { $way ->
    [mail] by mail
    [hand] by hand
    [phone] by telephone
    [visit] by a visit
   *[door] at the door
}
served-title = What was served
served-none = Nothing was served in the last year.
served-proven = Proven
served-unproven = No proof
served-record = Record what was served
served-record-hint = Only what is recorded here counts, and only what was due when it was given.
served-what = What
served-how = How
served-on = When
served-words = To whom, by whom, by which proof
served-words-hint = Such as the number of a certificate of mailing, or who answered the telephone.
served-proven-label = There is proof that it arrived
served-record-now = Record it
served-recorded = It is recorded.
# $ways (text)
served-no-such-way = This is served { $ways }. Choose one of these.
# $from (date)
# $to (date)
served-not-that-day = Choose a day from { $from } to { $to }.
served-words-missing = Write to whom and by whom it was served.

## The customer

# $last (long day)
protected-until = Your service is protected until { $last }.
protected-open = Your service is protected.
# $kind (text)
protected-why = { $kind ->
    [medical_certificate] A doctor has certified that your household needs it. We do not shut it off for what is owed.
    [life_support] Somebody in your household lives by a machine that needs it. We do not shut it off for what is owed.
    [military] Somebody of your household serves. We do not shut it off for what is owed.
    [hardship] We noted your hardship. We do not shut it off for what is owed.
    [pledge] An agency has promised to pay. We wait for it and do not shut service off.
    [moratorium] Nobody is shut off in this time.
   *[vulnerable_household] Somebody in your household needs it especially. We do not shut it off for what is owed.
}
protected-document = The document for it is still missing: send it to us, so that the protection goes on.
protected-ask = Does somebody at home need service for their health, or serve away from home? Tell us: with a certificate or orders we can protect it.
protected-owed = What you owe stays owed.

## The letters

notice-hold-placed-subject = Your service is protected
# $from (date)
# $about (text)
notice-hold-placed-text = From { $from } we do not shut off service on the account ending { $account } for what is owed. The reason: { $about }.
# $last (date)
notice-hold-until = This holds until { $last }. We tell you before it ends.
notice-hold-open = This has no end that is fixed.
notice-hold-document = The document for it is still missing. Send it to us before that day, and it goes on.
notice-hold-still-owed = What is owed stays owed. Every payment makes it smaller, and you can ask us for more time to pay.
notice-hold-ending-subject = A protection of your service ends soon
# $last (date)
# $about (text)
notice-hold-ending-text = Service on the account ending { $account } is protected until { $last }. The reason: { $about }.
# $then (text)
notice-hold-then = { $then ->
    [resume] After that, what is owed may be collected as before. If the reason goes on, tell us before that day.
    [offer_time] After that, what is owed may be collected as before. If the reason goes on, tell us; if you cannot pay all of it, ask us for more time to pay.
   *[review] Before anything follows, somebody of our office looks at your account. Call us if we should know something.
}
notice-hold-lifted-subject = A protection of your service has ended
# $on (date)
# $about (text)
notice-hold-lifted-text = The protection of service on the account ending { $account } ended on { $on }. It was for this reason: { $about }. If you think that this is wrong, call us.
notice-hold-not-begun-subject = A protection of your service will not begin
# $from (date)
# $about (text)
notice-hold-not-begun-text = The protection of service on the account ending { $account } that was to begin on { $from } will not begin. It was for this reason: { $about }. If you think that this is wrong, call us.
notice-hold-action = Ask for more time to pay
# $last (date)
text-hold-ending = The protection of your service ends on { $last }. Call us if the reason goes on, or ask for more time to pay.
