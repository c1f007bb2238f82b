# How a customer is reached, kept by the customer.

profile-contacts = The addresses and numbers we reach you at.
contacts-title = How we reach you
contacts-text = These are the e-mail addresses and phone numbers of your customer record. A new one counts once you type back the code that we send to it. The others are told of each change.
contacts-none = We have no e-mail address and no phone number of yours.
# $day (date)
contacts-proved-on = Confirmed { $day }
contacts-proved-by-sign-in = Confirmed by your sign-in
contacts-unproved = Not confirmed
# $kind (text)
contacts-used = { $kind ->
    [email] Notices and e-mailed bills go here
   *[phone] Your texts go here
}
contacts-returns = Mail comes back
contacts-no-texts = Asked for no texts
contacts-prove = Send a code to confirm it
# $kind (text)
contacts-choose = { $kind ->
    [email] Send notices and e-mailed bills here
   *[phone] Send my texts here
}
contacts-all = You chose no address: notices go to all of them, and e-mailed bills to the newest.
# $email (text)
contacts-sign-in = You sign in with { $email }. What you turned on under Alerts goes there, too.
contacts-is-sign-in = You sign in with this address. It is changed with your sign-in:
contacts-sign-in-link = Change the address of the sign-in
contacts-remove = Remove
# $kind (text)
contacts-remove-text = { $kind ->
    [email] We write to this address no more. We tell it once that it was removed.
   *[phone] We use this number no more, and text it no more for your sign-in.
}
contacts-remove-yes = Yes, remove it
contacts-add-email = Add an e-mail address
contacts-email = E-mail address
contacts-email-hint = We mail a code to it to make sure that it is yours.
contacts-mail-code = Mail me a code
contacts-add-number = Add a mobile number
# $email (text)
contacts-waits-email = Enter the code that we mailed to { $email }.
# $number (text)
contacts-waits-phone = Enter the code that we texted to the number ending in { $number }.
contacts-withdraw = I do not want to add it
contacts-code-sent = A code is on its way. It works for 15 minutes.
contacts-code-wrong = This code does not work. Read it again, or ask for a new one below.
contacts-proved = It is confirmed. We can reach you there now.
contacts-withdrawn = It was not added.
contacts-chosen = Saved. The change is told on your other addresses and numbers.
contacts-removed = Removed. The change is told on your other addresses and numbers.
contacts-known = We reach you there already.
contacts-too-many = You have ten addresses and numbers. Remove one that you do not need, then add this one.
contacts-not-proved = Confirm it first: ask for a code beside it.
contacts-comes-back = Mail to this address comes back. Confirm it with a new code, or choose another.
contacts-stopped = The holder of this number texted us to stop. Text START to our number first.
contacts-of-sign-in = You sign in with this address. Change the address of your sign-in first, or remove another one.
contacts-last-for-bills = Your bills come by e-mail alone, and to this address. Add another address, or choose paper bills under “How your bills come”, then remove this one.

## Notices

notice-contact-added-subject = A way to reach you was added
# $way (text)
# $to (text)
# $account (text)
notice-contact-added-text = { $way ->
    [email] The e-mail address { $to } was added to the customer record of account { $account }, and confirmed by a code.
   *[phone] The phone number ending in { $to } was added to the customer record of account { $account }, and confirmed by a code.
}
notice-contact-chosen-subject = Where our notices go has changed
# $way (text)
# $account (text)
# $to (text)
notice-contact-chosen-text = { $way ->
    [email] Notices and e-mailed bills of account { $account } go to { $to } from now on.
   *[phone] Texts about account { $account } go to the number ending in { $to } from now on.
}
notice-contact-removed-subject = A way to reach you was removed
# $way (text)
# $to (text)
# $account (text)
notice-contact-removed-text = { $way ->
    [email] The e-mail address { $to } was removed from the customer record of account { $account }. We write to it no more.
   *[phone] The phone number ending in { $to } was removed from the customer record of account { $account }. We use it no more.
}
notice-contact-action = See how we reach you
notice-contact-otherwise = If that was not you, choose a new password at once and call us.
notice-contact-code-subject = Your code to confirm this address
# $account (text)
notice-contact-code-text = Type this code on the page “How we reach you” to be reached at this address about account { $account }. It works for 15 minutes.
notice-contact-code-otherwise = If you did not ask for it, do nothing: without the code this address is not added.
# $to (text)
text-contact-added = We can reach you at { $to } now. Not you? Call us.
# $to (text)
text-contact-chosen = Notices go to { $to } from now on. Not you? Call us.
# $to (text)
text-contact-removed = { $to } was removed from the ways we reach you. Not you? Call us.
