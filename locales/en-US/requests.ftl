# What customers ask for: the portal's pages, the office's queue, the letters.

## The list

requests-title = Ask for something
requests-open = Your open requests
requests-past = Earlier requests
requests-none-open = Nothing is open. Pick what you need; we tell you by when we answer.
request-emergency-first = You smell gas, or a wire is down? Leave first, then call
# $group (text)
request-group = { $group ->
    [problem] Something is wrong
    [moving] Moving in, moving out
    [bill] A bill that looks wrong
   *[account] Your meter, your mail, your use
}
# $kind (text)
request-kind = { $kind ->
    [start_service] Start service
    [stop_service] Stop service
    [move] Move service to a new home
    [new_service] New service at a place without
    [mailing_address] Change where mail goes
    [meter_reread] Read my meter again
    [high_bill_check] Check a high bill
    [leak_adjustment] Leak adjustment after a repair
    [problem] Report a problem
   *[bill_dispute] This bill looks wrong
}
# $kind (text)
request-about = { $kind ->
    [start_service] Service in your name begins at an address.
    [stop_service] Service ends, the meter is read, and the last bill comes.
    [move] Stop here on one day and start there on another, in one request.
    [new_service] A building, a lot or a unit that has no service yet.
    [mailing_address] Letters and paper bills go to another address.
    [meter_reread] Somebody reads the dial again and tells you what it showed.
    [high_bill_check] We look at your reads and your use with you.
    [leak_adjustment] Part of the water that ran away may be forgiven once the leak is repaired.
    [problem] No water, no power, a leak, a broken meter, a dark street light.
   *[bill_dispute] Open the bill and say which line, read or amount is wrong.
}
# $problem (text)
request-problem = { $problem ->
    [gas_smell] It smells of gas
    [downed_wire] A wire is down or hangs low
    [main_break] A water main broke
    [street_leak] Water runs in the street
    [no_water] No water
    [no_power] No power
    [bad_water] Water looks, smells or tastes bad
    [street_light] A street light is out
    [damaged_meter] A meter is damaged
   *[other] Something else
}
request-which-problem = What is it? What can hurt somebody comes first.
# $state (text)
request-state = { $state ->
    [received] Received
    [in_progress] In progress
    [waiting] Waiting for you
    [done] Done
    [declined] Declined
   *[withdrawn] Withdrawn
}
# $state (text)
request-state-means = { $state ->
    [received] We have it. Nobody has begun yet.
    [in_progress] Somebody is working on it.
    [waiting] We asked you something, and go on when you answer.
    [done] It is done.
    [declined] It could not be done. The reason stands below.
   *[withdrawn] You took it back.
}
# $state (text)
request-became = { $state ->
    [received] The request came.
    [in_progress] The work goes on.
    [waiting] We need something from you.
    [done] Done.
    [declined] Declined.
   *[withdrawn] Taken back.
}
request-number = Request { $number }
# $day (date)
request-asked = sent { $day }
# $day (date)
request-answer-by = Answer by { $day }

## The forms

# $field (text)
request-field = { $field ->
    [problem] What is it?
    [stop_on] Last day of service
    [start_on] First day of service
    [from_on] Mail goes there from
    [repaired_on] Day of the repair
    [service] Which service?
    [forward_to] Where should the last bill go?
    [line_1] Number and street
    [line_2] Apartment or PO box
    [city] City
    [state] State
    [postal_code] ZIP code
    [dial] What the dial shows now
    [repair] What was repaired?
    [access] How do we get to the meter?
    [phone] Phone, in case we must ask
   *[other] { $field }
}
request-place-start = Address where service begins
request-place-problem = Where is it?
# $kind (text)
request-words-label = { $kind ->
    [new_service] What do you need there?
    [high_bill_check] What seems wrong to you?
    [problem] What do you see?
    [bill_dispute] What is wrong, in your words?
   *[other] Anything else we should know?
}
request-optional = { $label } (optional)
request-all-services = All services
# $day (long day)
request-hint-stop = A working day, { $day } at the earliest: somebody reads the meter then.
# $day (long day)
request-hint-start = { $day } at the earliest.
request-hint-forward = Your new mailing address.
request-hint-dial = The whole numbers, from left to right.
request-hint-access = A locked gate, a dog, a key: whatever the reader should know.
request-hint-repair = For example: the toilet valve, the line under the yard; by whom.
request-hint-place = Number and street, and the apartment. An address that our books don't have is fine: the office looks it up and writes to you here.
request-hint-phone = A number of ten digits.
request-hint-state = Two letters, such as IL.
request-photo = Photo
request-photo-hint = JPEG, PNG, WebP or GIF, up to 10 MB. We keep the picture alone, not where or with what it was taken. Only the people of this account and our staff see it.
request-photo-again = Please choose the photo again.
request-photo-large = The photo is larger than 10 MB. Choose a smaller one; what you typed is still here.
request-photo-strange = That file is no picture that we know. Choose a JPEG, PNG, WebP or GIF. A phone that saves HEIC can save JPEG instead.
request-photo-broken = That picture is broken or cut short. Choose it again, or take a new one.
request-photo-yours = The photo sent with this request
request-send = Send request
request-sent = We have your request. This page shows how it goes, and we tell you each step.
request-leave-title = Leave first. Then call.
# $problem (text)
request-leave-text = { $problem ->
    [gas_smell] Go outside now and stay away. Do not use switches, phones or flames indoors. Call 911 from outside.
   *[other] Stay at least 35 feet away, and keep others away. Never touch a wire or anything it lies on. Call 911.
}
request-leave-then = Once you are safe you may also tell us here. This form does not replace the call.
request-call-911 = Call 911
request-call-us = Call us: { $phone }
request-urgent = If it is doing damage right now, call too:

# $field (text)
request-missing = { $field ->
    [stop_on] Say on which day service ends.
    [start_on] Say on which day service begins.
    [from_on] Say from which day.
    [repaired_on] Say on which day it was repaired.
    [service] Choose a service.
    [place] Say where.
    [forward_to] Say where the last bill should go.
    [line_1] Write the number and street.
    [city] Write the city.
    [state] Write the state.
    [postal_code] Write the ZIP code.
    [repair] Say what was repaired.
   *[other] Tell us in a few words.
}
# $longest (number)
request-too-long = Use at most { $longest } characters.
request-not-a-day = Choose a day of the calendar.
request-passed = That day has passed.
# $day (long day)
request-too-soon = We cannot be there before { $day }.
# $day (long day)
request-closed-day = We are closed that day. The next working day is { $day }.
# $day (date)
request-too-far = Choose a day no later than { $day }.
request-to-come = That day is still to come.
# $day (date)
request-too-old = The repair must not be older than { $day }.
request-not-offered = Choose one of the list.
request-no-meter = That service has no meter to read. Choose one that has a meter.
request-no-meter-at-all = None of your services here has a meter, so there is nothing to read again. If a bill looks wrong, ask us to look into it.
request-not-a-phone = Write a phone number of ten digits.
request-not-a-dial = Write the whole number that the dial shows.
request-not-a-state = Write the two letters of a state, such as IL.
request-not-a-zip = Write a ZIP code of five digits.
request-already-open = A move is under way already, and this is it. To change a day or the address, write to us below. To begin anew, withdraw it first.
# $most (number)
request-too-many = You have { $most } open requests. Wait for an answer, or withdraw one first.
# $most (number)
request-too-often = That was { $most } times today. Please call us, or come back tomorrow.

## One request

request-stands = Where it stands
request-history = What was said and done
request-you-wrote = What you told us
request-answer-us = Answer us
request-write-us = Write to us about it
request-message = Your message
request-message-send = Send message
request-message-sent = Your message is with us.
request-words-missing = Write a few words first.
request-withdraw = Withdraw this request
request-withdraw-text = We stop working on it. You can ask again at any time.
request-withdraw-now = Yes, withdraw it
request-withdrawn = It is withdrawn.
request-ended = Somebody moved this request meanwhile. Look at where it stands now.
quick-requests = Ask for something
quick-problem = Report a problem
notice-request-action = See the request

## Letters

notice-request-received-subject = We have your request
# $answer_by (date)
notice-request-received-text = Your request “{ $about }” for the account ending { $account } is with us. Its number is { $number }. We answer by { $answer_by }.
notice-request-moved-subject = News of your request
notice-request-moved-text = Your request “{ $about }”, number { $number }: { $state }.
notice-request-wrote-subject = A message about your request
notice-request-wrote-text = We wrote to you about your request “{ $about }”, number { $number }:

## The office

office-requests = Customer requests
office-nav-requests = Requests
# $count (number)
office-requests-count = { $count ->
    [0] Nothing waits here.
    [one] 1 request
   *[other] { $count } requests
}
office-requests-none = Nothing here waits for the office.
office-requests-by-kind = Open requests by kind
office-request-kind = Kind
office-request-any = All
office-request-asked = Open for
office-request-due = Answer by
office-request-amount = In dispute
# $days (number)
office-request-open-days = { $days ->
    [0] today
    [one] 1 day
   *[other] { $days } days
}
# $days (number)
office-request-took = { $days ->
    [0] Answered on the same day
    [one] Answered in 1 day
   *[other] Answered in { $days } days
}
office-request-overdue = Overdue
# $state (text)
office-request-filter = { $state ->
    [open] Open
   *[all] All
}
office-request-asked-by = Asked by { $who }
office-request-wrote = What the customer told us
office-request-photo = Photo from the customer
office-request-yours = The request is yours now.
office-request-given = The request has a new owner.
office-request-take = I will work on it
office-request-release = Give it back
office-request-assign = Give it to
office-request-assign-now = Assign
office-request-not-owner = That person does not work requests.
office-request-move = Move it on
office-request-to = It becomes
office-request-words = Words to the customer
office-request-words-hint = The customer reads them on the page and by e-mail. Needed to wait, finish or decline.
office-request-move-now = Move and tell the customer
office-request-moved = The customer is told.
office-request-choose-move = Choose what it becomes.
office-request-message = Write without moving it
office-request-message-now = Send to the customer
office-request-account-title = Requests and disputes
office-request-account-none = No open requests.
office-request-account-all = All of this account
office-request-today = Customer requests
# $count (number)
office-request-today-overdue = { $count ->
    [0] none overdue
   *[other] { $count } past the promised day
}
