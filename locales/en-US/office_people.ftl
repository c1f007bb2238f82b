# The people on an account, and how it is billed and told.

people-title = People and delivery
people-act = People
people-add = Add somebody
people-edit = Change
people-end = No longer used
people-end-part = End this part today
people-since = Since
# $name (text)
# $from (date)
# $until (date)
people-was = { $name } from { $from } until { $until }
people-language-label = Reads
# $language (text)
people-language = { $language ->
    [es-US] Spanish
   *[other] English
}
people-settings = How bills go out
people-bill-language = Language of the bills
people-paper = On paper
people-email = By e-mail
people-save = Save
# $since (date)
people-not-that-day = Choose a day from { $since }, when the account last moved, to today.
# $balance (money)
# $pending (money)
people-not-settled = An account is closed when it is settled. Its balance is { $balance }, and { $pending } is on its way.
people-not-billed = Its last bill has not gone out: a draft stands, or days with service are not billed yet. Bill them first.
people-still-served = The account is served on that day or later. Stop its services first.
people-saved = The change is saved.
people-no-email = No e-mail address is known. Add one first.
people-reaches-nobody = Nobody follows this account on the portal: without paper and e-mail its bills would reach nobody.
people-standing = Standing
people-next-status = Becomes
people-from = From
people-move = Change the standing
people-role = Part
people-role-hint = A new customer takes over from the present one on that day.
people-kind-label = Kind
# $kind (text)
people-kind = { $kind ->
    [organization] Organization
   *[other] Person
}
people-name = Full name
people-given-name = A letter begins with
people-mailing = Mailing address
people-mailing-hint = Only where paper goes elsewhere than to the place served. At most four lines, without the name.
people-coming = Mail from a day to come
# $day (date)
# $lines (text)
people-coming-to = From { $day } mail goes to { $lines }.
# $day (date)
people-coming-place = From { $day } mail goes to the place served.
people-coming-keep = Take it back: mail stays where it goes now
# $now (text)
seen-changed = Somebody changed this after you opened the page. It is now: { $now }. Save again to put yours in its place.
# $by (text)
# $at (text)
# $outcome (text)
seen-decided = Nothing of yours was done: { $by } decided it on { $at }. { $outcome }
seen-typed = What you wrote
seen-empty = nothing
people-address-lines = Enter at most four lines: the window of an envelope shows no more.
people-add-contact = Add a contact
people-contact-kind = What it is
people-contact = Address or number
people-not-an-address = Write an address such as rosa@example.com.
people-not-a-number = Write a telephone number with its area code.
people-contact-known = This contact is there already.
people-part-known = This customer has this part already.
people-place = Place rented out
people-place-hint = For a landlord: the place of this account that they rent out.
people-place-none = None
people-place-missing = Choose the place that the landlord rents out. An account that was never served has none yet.
people-place-unknown = Not noted: it counts only while the account has a single place.
people-outside = Choose a day from the account’s first day until today.

## The sign-ins that follow an account

# $since (date)
account-login-since = since { $since }
account-login-end = Take the account away
account-login-end-hint = The sign-in sees nothing of the account from then on, nor does whoever it invited, and each of them is told. After that the account is added with a code by mail alone, not with an amount of the bill.
account-login-end-now = Take it away now
# $by (text)
account-invited = invited by { $by }
account-login-ended = The sign-in no longer sees the account, and whose it is is told.
