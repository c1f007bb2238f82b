# What we mail to people. Regulated wording carries its rule above it.

notice-greeting = Hello { $name },
notice-sign-off = { -utility }
notice-do-not-answer = This mailbox is not read. To reach us, call { $phone }.
notice-why = You get this message because you have an account with { -utility-short }.

# If the address is somebody else's, nothing happens without the password and this link.
notice-verify-email-subject = Confirm your e-mail address
notice-verify-email-text = Confirm this address to finish setting up your { -utility-short } sign-in. The link works for two days and asks for the password you chose.
notice-verify-email-action = Confirm my address
notice-verify-email-otherwise = If you did not ask for this, you can ignore this message: nothing happens without the password and this link.

notice-already-registered-subject = You already have a sign-in
notice-already-registered-text = Somebody, probably you, asked for a new { -utility-short } sign-in with this address. You already have one: sign in with it and choose “Add an account”. If you forgot your password, you can choose a new one there.
notice-already-registered-action = Go to the sign-in page

notice-reset-password-subject = Choose a new password
notice-reset-password-text = Somebody, probably you, asked for a new password for your { -utility-short } sign-in. The link works for one hour.
notice-reset-password-action = Choose a new password
notice-reset-password-otherwise = If you did not ask for this, you can ignore this message: your password stays as it is.

notice-password-changed-subject = Your password was changed
notice-password-changed-text = The password of your { -utility-short } sign-in was changed, and every device was signed out.
notice-password-changed-otherwise = If that was not you, choose a new password at once and call us.

notice-account-added-subject = An account was added to your sign-in
notice-account-added-text = Account { $account } can now be seen and paid with your { -utility-short } sign-in.
notice-account-added-otherwise = If that was not you, call us.

notice-account-followed-subject = Your account can be seen online
notice-account-followed-text = A { -utility-short } sign-in was given account { $account }, and can see and pay it from now on. It was proved by the last bill or by a code that we mailed.
notice-account-followed-otherwise = If that was you or somebody you know, there is nothing to do. If not, call us, and we take the account from that sign-in.

notice-account-taken-subject = An account was taken from your sign-in
notice-account-taken-text = Account { $account } can no longer be seen or paid with your { -utility-short } sign-in.
notice-account-taken-otherwise = If the account is yours, call us, or ask for a code by mail and add the account again.

notice-claim-code-subject = Your code
notice-claim-code-text = With this code you can see and pay account { $account } online. Enter it within three weeks where you are asked for the amount of your last bill or a code:
notice-claim-code-otherwise = If you did not ask for this, you can throw this letter away. Never read the code to anybody who calls you.

notice-payment-received-subject = We received your payment
# $amount (money)
# $account (text)
# $day (date)
notice-payment-received-text = Your payment of { $amount } for account { $account } is on the account. It counts from { $day }. Thank you.
notice-payment-received-action = See the payment
# $number (text)
notice-payment-number = Receipt number { $number }

notice-payment-failed-subject = Your payment did not go through
# $amount (money)
# $account (text)
# $day (date)
notice-payment-failed-text = Your payment of { $amount } for account { $account }, made on { $day }, was refused before it reached us. Nothing was paid, and what you owe is as it was.
notice-payment-failed-action = Pay another way

notice-payment-returned-subject = Your payment was returned
# $amount (money)
# $account (text)
# $day (date)
notice-payment-returned-text = Your payment of { $amount } for account { $account }, made on { $day }, was taken back. What it had paid is owed again, from its own due dates.
# $words (text)
notice-payment-returned-why = The reason we were given: { $words }
notice-payment-returned-mistake = We had entered it by mistake. You owe no fee for that.
# $fee (money)
notice-payment-returned-fee = The fee for a returned payment, { $fee }, was charged.

notice-refund-given-subject = Money is on its way back to you
# $amount (money)
# $account (text)
# $day (date)
notice-refund-given-text = We gave back { $amount } on account { $account } on { $day }. A card or bank may take some days to show it.
notice-refund-failed-subject = Money we sent back did not arrive
# $amount (money)
# $account (text)
notice-refund-failed-text = We gave back { $amount } on account { $account }, and your card or bank sent it to us again. It is on your account now. Call us, and we find another way.

notice-staff-invitation-subject = Join the back office
notice-staff-invitation-text = You are invited to the back office of { -utility-short }. Choose a password within seven days.
notice-staff-invitation-action = Accept the invitation

notice-bill-ready-subject = Your bill is ready
# $account (text)
# $total (money)
notice-bill-ready-text = The new bill for account { $account } comes to { $total }.
# $balance (money)
# $day (date)
notice-bill-ready-owed = Please pay { $balance } by { $day }.
# $total (money)
# $day (date)
# $before (money)
notice-bill-ready-both = Please pay { $total } by { $day }. { $before } was open before and keeps the due date it had.
# $balance (money)
notice-bill-ready-before = Please pay { $balance }. It was open before this bill and keeps the due date it had.
notice-bill-ready-nothing = Nothing is due.
notice-bill-ready-action = See the bill

# The link at the foot of reminders and tips.
notice-leave = Stop mails of this kind
notice-pay-action = Pay now

notice-due-soon-subject = A payment is due soon
# $amount (money)
# $account (text)
# $day (date)
notice-due-soon-text = { $amount } for account { $account } is due on { $day }.

notice-past-due-subject = Your payment is past due
# $amount (money)
# $account (text)
# $day (date)
notice-past-due-text = { $amount } for account { $account } was due on { $day } and is not paid.
notice-past-due-more-time = If you cannot pay all of it at once, ask for more time to pay before a fee is added, online or by phone. You see each day and each amount before you agree.
notice-past-due-more-time-action = Ask for more time
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice tells how to contest a bill and be heard
# $phone (text)
notice-past-due-wrong = If you think that the bill is wrong, you have the right to say so and to be heard by somebody who can correct it: write to us on the page of the bill, call { $phone }, or ask for a meeting in person or by phone. The amount you dispute draws no late fee until we have decided, and you get the decision and its reasons in writing.
notice-past-due-wrong-action = This bill looks wrong

notice-high-usage-subject = You used more than expected
# $service (text)
# $account (text)
# $percent (decimal)
# $used (text)
# $unit (text)
notice-high-usage-text = { $service } on account { $account }: a day’s use on your new bill is { $percent }% above what we expected from the same season a year ago. The bill counts { $used } { $unit }.
notice-high-usage-leak = A running toilet or a leak often shows this way. With all water off, look whether the meter still moves.

notice-high-bill-subject = Your bill is above the amount you set
# $account (text)
# $total (money)
# $limit (money)
notice-high-bill-text = The new bill for account { $account } comes to { $total }. You asked to hear of bills above { $limit }.

# Use in a period that goes on.
# $service (text)
usage-of = { $service ->
    [water] water
    [electric] electricity
   *[gas] gas
}
notice-usage-action = See my use
# $from (day)
# $last (day)
# $days (number)
# $used (text)
# $unit (text)
# $service (text)
notice-usage-so-far = This bill will count the days from { $from } to { $last }. { $days ->
    [one] 1 of them is counted so far
   *[other] { $days } of them are counted so far
}: { $used } { $unit } of { $service }.
notice-budget-subject = Your budget will likely be passed
# $account (text)
# $likely (money)
# $low (money)
# $high (money)
# $limit (money)
notice-budget-dollars = Your next bill for account { $account } will likely come to { $likely }, and to something between { $low } and { $high }. That is more than your budget of { $limit }.
# $service (text)
# $account (text)
# $likely (text)
# $unit (text)
# $low (text)
# $high (text)
# $limit (text)
notice-budget-units = Your use of { $service } on account { $account } will likely come to { $likely } { $unit } by the end of the period, and to something between { $low } and { $high }. That is more than your budget of { $limit } { $unit }.
notice-budget-because = You set this budget on your page of alerts. We tell you once for each bill.
notice-tier-subject = A higher price step is near
# $account (text)
# $service (text)
# $on (day)
# $begins (text)
# $unit (text)
notice-tier-reached = On account { $account } your use of { $service } will likely reach a higher price step about { $on }, once { $begins } { $unit } are used in this period.
# $tier (number)
# $name (text)
# $price (text)
# $units (text)
# $before (text)
notice-tier-price = It is step { $tier }, “{ $name }”: what you use from then on costs { $price } for { $units }, where now it costs { $before }.
notice-tier-because = You asked on your page of alerts to hear of price steps. We tell you once for each bill.
notice-leak-subject = Something may be running unnoticed
# $kind (text)
# $account (text)
# $since (day)
# $daily (text)
# $unit (text)
# $service (text)
notice-leak-seen = { $kind ->
    [night_flow] On account { $account } the water has not stood still between one and five in the morning since { $since }: about { $daily } { $unit } a day.
    [toilet] On account { $account } the meter has counted small, even amounts in most hours of the night since { $since }, as a toilet does that refills by itself: about { $daily } { $unit } a day.
   *[change] On account { $account } you have used about { $daily } { $unit } of { $service } a day more since { $since } than in the four weeks before.
}
# $kind (text)
# $service (text)
notice-leak-look = { $kind ->
    [night_flow] Turn off every faucet and look at the meter. If it still moves, close the valve at the house; if it moves even then, the pipe in the ground is broken, and you should call us.
    [toilet] Put a little food coloring into the tank and wait fifteen minutes without flushing: color in the bowl means that the flapper leaks.
   *[change] { $service ->
        [water] Look for a garden hose, a pool or a water softener that runs.
       *[electric] Heating, cooling and guests are the usual reasons.
    }
}
notice-leak-because = Your meter reports every hour, and we look in its hours for what runs unnoticed. We tell you once for each bill.

notice-digest-subject = News about your accounts
notice-digest-text = Several things at once, in one message:
notice-digest-action = See my account

# Texts: who we are, one thing, how to end it.
# $told (text)
# $url (text)
text-signed = { -utility-short }: { $told } { $url } Reply STOP to end texts.
# $code (text)
text-code = { -utility-short }: your code is { $code }. Enter it on the page that asked for it. Nobody of ours will ever ask you for it.
# $total (money)
# $day (date)
text-bill-ready = Your new bill comes to { $total }, due { $day }.
# $amount (money)
# $day (date)
text-due-soon = { $amount } is due { $day }.
# $amount (money)
# $day (date)
# $phone (text)
text-past-due = { $amount } was due { $day } and is not paid. Need more time, or is it wrong? Call { $phone }.
# $amount (money)
text-payment-received = We received your payment of { $amount }. Thank you.
# $amount (money)
text-payment-failed = Your payment of { $amount } did not go through. Nothing was paid.
# $amount (money)
text-payment-returned = Your payment of { $amount } was returned and is owed again.
# $amount (money)
text-refund-failed = Your refund of { $amount } did not arrive. It is on your account again: please call us.
# $amount (money)
# $day (date)
text-autopay-ahead = Autopay will charge { $amount } on { $day }.
# $day (date)
text-autopay-skipped = Autopay does not pay your bill due { $day }. Please pay it another way.
text-autopay-ended = Autopay has ended. Please pay your bills yourself.
# $amount (money)
# $day (date)
text-scheduled-not-made = Your payment of { $amount } planned for { $day } is not charged.
# $service (text)
# $percent (decimal)
text-high-usage = { $service }: your daily use is { $percent }% above a year ago. Check for leaks or see your bill.
# $total (money)
# $limit (money)
text-high-bill = Your new bill of { $total } is above the { $limit } you set.
# $likely (money)
# $limit (money)
text-budget = Your next bill will likely be { $likely }, above your budget of { $limit }.
# $service (text)
text-budget-units = { $service }: you will likely use more than the budget you set for this bill.
# $service (text)
# $on (day)
# $price (text)
# $before (text)
# $units (text)
text-tier = { $service }: about { $on } you will likely reach a higher price step, { $price } instead of { $before } for { $units }.
# $kind (text)
# $since (day)
# $service (text)
text-leak = { $kind ->
    [night_flow] Water seems to have been running day and night since { $since }. Please look for a leak.
    [toilet] A toilet seems to have been running since { $since }.
   *[change] { $service }: your use rose suddenly on { $since }.
}
# Regulated: 47 CFR 64.1200 and the carriers' rules: who sends, how to get help, how to end it.
# $phone (text)
text-help = { -utility-short } account alerts. Call { $phone } for help. Msg & data rates may apply. Reply STOP to end texts.
# $page (text)
# $phone (text)
text-outage-unknown = { -utility-short }: we do not know this number. Report an outage at { $page }/report or call { $phone }. If you smell gas or see a downed wire: leave, and call 911.
text-outage-service = { -utility-short }: what is out? Text OUT WATER, OUT POWER or OUT GAS. If you smell gas or see a downed wire: leave, and call 911.
text-outage-place = { -utility-short }: at which of your places? Text it again with the house number, such as OUT WATER 123. If you smell gas or see a downed wire: leave, and call 911.
# $service (text)
# $place (text)
# $known (text)
# $page (text)
text-outage-taken = { -utility-short }: thank you, we have your report: { $service }, { $place }. { $known ->
    [yes] We know of it; how it goes on: { $page }
   *[no] We are looking into it: { $page }
} If you smell gas or see a downed wire: leave, and call 911.
text-started = { -utility-short }: this number takes texts again, of what its holder chose on our site. Reply HELP for help, STOP to end texts.
text-stopped = { -utility-short }: you will get no more texts. Reply START to get them again.

## Notices in the utility's own words

own-texts-title = Words of notices
own-texts-text = What mails, letters and texts say. Where you write nothing, our words stand; what a sign-in hangs on and what the law words stays ours.
own-texts-mails = Mails and letters
own-texts-texts = Texts
own-texts-place = Place
own-texts-said = What stands there
own-texts-whose = Whose words
own-texts-theirs = Yours
own-texts-ours = Ours
own-texts-english = English
own-texts-spanish = Spanish
own-texts-hint = Leave it empty for our words. Values stand in braces.
own-texts-look = See how it reads
own-texts-save = Use these words
own-texts-saved = The words are saved. They stand in what is sent from now on.
own-texts-preview = How it reads
own-texts-our-words = Our words
own-texts-values = Values
own-texts-no-values = This place has none.
own-texts-needed = Must be told
# $most (number)
own-texts-too-long = Write at most { $most } letters.
own-texts-unclosed = A brace has no other: values stand between two of them.
# $name (text)
own-texts-unknown = There is no value { $name } here.
# $name (text)
own-texts-missing = The value { $name } must be told, in braces.
