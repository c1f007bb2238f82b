# What a customer is told of: the page, the number for texts, the link that ends a kind; and what the office sees of it.

alerts-title = Alerts
# $account (text)
# $email (text)
alerts-about = For account { $account }. Mail goes to { $email }.
# $kind (text)
alerts-kind = { $kind ->
    [bill_ready] A new bill
    [due_soon] A payment is due soon
    [past_due] A payment is past due
    [payment_received] We received a payment
    [payment_failed] A payment did not go through
    [high_usage] I use more than expected
    [budget_ahead] My next bill or use will pass my budget
    [tier_ahead] I am about to reach a higher price step
    [leak] Something may be running unnoticed
    [outage] A service is out at my address
    [planned_work] Work is planned that interrupts a service
    [urgent_notice] Urgent notices, such as to boil water
    [appointment] Somebody of yours comes to my place
   *[high_bill] A bill is above an amount of mine
}
# $kind (text)
alerts-kind-hint = { $kind ->
    [bill_ready] When your bill itself goes by e-mail, that mail comes in any case.
    [due_soon] Five days before the due date, when something is unpaid.
    [past_due] Three days after the due date, when something is unpaid.
    [payment_received] The receipt.
    [payment_failed] Your bank or card refused a payment or took it back.
    [high_usage] A day’s use on a new bill, compared with the same season a year ago.
    [budget_ahead] While the period goes on, from its second week, where your meter reports by itself. Leave an amount empty for none.
    [tier_ahead] Before your use reaches a step at which each unit costs more: which step, about when, and its price.
    [leak] When your meter’s hours look like a leak, a running toilet or a sudden rise.
    [outage] When it begins, when we expect the service back, and when it is back.
    [planned_work] When it is planned, moved or called off.
    [urgent_notice] At any hour.
    [appointment] When it is planned, moved or called off, and on the day before.
   *[high_bill] When a new bill comes to more.
}
# $kind (text)
alerts-over = { $kind ->
    [due_soon] Only when more than this is unpaid, in dollars
    [high_usage] How much more than expected, in percent
    [budget_ahead] My budget for each bill, in dollars
   *[high_bill] When the bill is above this, in dollars
}
# $service (text)
alerts-budget-units = { $service ->
    [water] My budget of water for each bill, in gallons
   *[electric] My budget of electricity for each bill, in kWh
}
# $service (text)
alerts-units-wrong = { $service ->
    [water] Enter a whole number of gallons between 1 and 10,000,000, such as 3,000, or leave it empty.
   *[electric] Enter a whole number of kWh between 1 and 10,000,000, such as 700, or leave it empty.
}
alerts-always = Always by e-mail: it may cost you a fee or your service.
alerts-always-urgent = Always by e-mail, and by text to a number that gets texts: your health may depend on it.
alerts-by-email = By e-mail
alerts-by-text = By text
alerts-save = Save my alerts
alerts-saved = Your alerts are saved.
alerts-amount-wrong = Enter an amount in dollars between 0 and 100,000, such as 150.
alerts-percent-wrong = Enter a whole number of percent between 1 and 1,000, such as 50.

alerts-texts-title = Texts to your phone
alerts-number = Mobile number
alerts-number-hint = A US number. We text you a code to prove it is yours.
# Regulated: 47 CFR 64.1200 (TCPA): kept word for word with the number.
alerts-consent = I want text alerts about my utility account at this number. Message frequency varies. Message and data rates may apply. Reply STOP to end, HELP for help. Texts are no condition of service.
alerts-consent-needed = To get texts, agree to them.
alerts-number-wrong = Enter a US mobile number with ten digits.
alerts-number-give = Text me a code
alerts-code-sent = We texted you a code. It works for 15 minutes.
# $number (text)
alerts-number-waits = Enter the code that we texted to the number ending in { $number }.
alerts-code = Code
alerts-code-check = Check the code
alerts-code-wrong = This code does not work. Read it again, or take the number away and begin anew.
alerts-number-proved = This number gets your texts now. Choose above what to text.
# $number (text)
alerts-number-open = Texts go to the number ending in { $number }.
# $number (text)
alerts-number-stopped = The number ending in { $number } asked us to send no texts. Text START to our number to get them again.
alerts-number-remove = Take this number away
alerts-number-removed = We text this number no more.

mailbox-text-message = Text message

leave-title = Stop mails
leave-text = With the button below you stop mails of this kind:
# $account (text)
leave-account = About account { $account }.
leave-copies = With the button below you get no more copies of overdue notices of this account. We tell whoever asked us to send them.
leave-copies-done = You will get no more copies of this account.
leave-action = Stop these mails
leave-copies-again = To get copies again, ask whoever the account belongs to for a new invitation.
leave-done = You get no more mails of this kind:
leave-go-on = What still comes: your bills, and what has consequences, such as a payment that is past due or did not go through, a shut-off or an urgent notice. Texts come as before; STOP ends them.
leave-again = Did you change your mind, or did somebody else press the button?
leave-again-action = Send me these mails again
leave-back = These mails come again:
leave-else = You can choose all your alerts when you are signed in:

outbox-title = What was told
outbox-filter = Where it stands
outbox-no-server = No mail server is set (SMTP_URL): mail waits here until one is.
# $folder (text)
outbox-in-folder = No mail server is set (SMTP_URL): mail waits here, and each one also lies as a file in { $folder }.
outbox-all = All
outbox-account = Account
outbox-created = Written
outbox-sent = Left
outbox-delivered = Arrived
outbox-error = Why it failed
outbox-within = Went out with others in
outbox-no-words = No words are kept: it has not left yet, or it carried a secret.

returned-title = Returned letters
returned-text = Key in the code from a letter that the post returned: the number of a bill, or the code above the address. It goes out another way at once, and the account shows that somebody must look at the address.
returned-number = Code or bill number
returned-number-hint = The twelve digits above the address.
returned-why = What the post wrote on it
returned-action = Note the return
returned-done = The return is noted, and what the letter brought went out another way where there is one.
returned-no-bill = No bill and no letter has this code. Read it from the letter again.
returned-not-out = No letter with this code was mailed, or its return was noted before.

contact-failing = Mail comes back
address-trust = It works again
address-trusted = Mail goes to this address again.

today-first-attempts = Bills delivered at first try
# $percent (text)
today-percent = { $percent }%
# $bills (number)
today-deliveries = of { $bills } in 35 days
