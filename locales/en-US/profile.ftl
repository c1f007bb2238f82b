## What a customer sets

profile-title = Your settings
profile-sign-in = Signing in
profile-delivery = By e-mail, on paper, or both; in English or Spanish.
profile-alerts = What we tell you, by e-mail or text.
profile-methods = Saved cards and bank accounts.
profile-autopay = Each bill paid by itself.
profile-requests = Move, start, stop, report, ask.
profile-claim = Another home or business on this sign-in.

## How bills come

delivery-title = How your bills come
# $way (text)
delivery-now = { $way ->
    [email] Your bills come by e-mail, without paper.
    [paper] Your bills come on paper.
    [both] Your bills come on paper and by e-mail.
   *[portal] Your bills wait here for you. Nothing is mailed.
}
# $email (text)
delivery-failing = Mail to { $email } came back. Until you prove another address, your bills come on paper.
delivery-choose = How should they come?
delivery-hint = Every bill can be read here in any case, back to your first.
# $way (text)
delivery-way = { $way ->
    [email] By e-mail, without paper
    [paper] On paper
    [both] Both
   *[portal] Neither: I read them here
}
# $way (text)
delivery-way-hint = { $way ->
    [both] A letter, and an e-mail beside it.
   *[other] Alerts still tell you of a bill unless you turned them off.
}
# $email (text)
delivery-to = To { $email }.
delivery-to-nobody = We have no address for them yet.
# $email (text)
delivery-bills-to = Bills by e-mail go to { $email }.
delivery-unproved = Nobody has confirmed yet that this address is yours.
# $email (text)
delivery-signs-in-as = You sign in with another address, { $email }.
delivery-no-address = Bills by e-mail need an address: add one first.
delivery-change-address = Change or confirm the address for e-mailed bills
delivery-owner-changes = Only the owner of the account can change that address.
delivery-language = Language of the bills
delivery-english = English
delivery-spanish = Español
delivery-consent = Bills by e-mail take the place of paper bills. You need an e-mail address and a browser, can change back here on any day, and pay nothing for either way. A confirmation goes to everybody who is told of this account.
delivery-save = Save
delivery-address = Change where letters go
delivery-saved = Saved. A confirmation is on its way.
delivery-reaches-nobody = No e-mail address reaches you. Keep paper, or prove an address first.
# $way (text)
delivery-agreed = { $way ->
    [email] My bills come by e-mail in place of paper. I can change back on any day, at no cost.
    [paper] My bills come on paper.
    [both] My bills come on paper and by e-mail.
   *[portal] My bills wait on my own pages, and nothing is mailed. I can change back on any day, at no cost.
}
notice-delivery-subject = How your bills come has changed
# $way (text)
# $account (text)
# $day (date)
# $language (text)
notice-delivery-text = { $way ->
    [email] Bills of account { $account } come by e-mail, without paper,
    [paper] Bills of account { $account } come on paper
    [both] Bills of account { $account } come on paper and by e-mail
   *[portal] Bills of account { $account } can be read online and are not mailed
} from { $day } on, in { $language ->
    [es-US] Spanish.
   *[other] English.
}
notice-delivery-action = See or change it
notice-delivery-otherwise = If you did not ask for this, change it back where the button leads, or call us.

## Signing in

profile-security = Your address, password and codes, and where you are signed in.
security-title = Sign-in and security
security-email = E-mail for signing in
security-where = Where you are signed in
security-unknown = An unknown browser
security-this = This one
# $seen (text)
# $since (text)
security-used = Last used { $seen }, signed in { $since }
security-end = Sign out
security-end-others = Sign out everywhere else
security-strange = If you do not know one of them, sign it out and choose a new password.
security-ended = Signed out there.
email-title = Change e-mail address
email-text = We mail a link to the new address. It becomes yours for signing in once you open it; both addresses are told.
email-new = New e-mail address
email-send = Send the link
email-same = That is the address you sign in with.
email-asked = We mailed a link to the new address. Until you open it, the old one stays.
email-proof-title = Is this your new address?
# $email (text)
email-proof-text = With your password you make { $email } the address you sign in with. Our mail goes there from then on, and you are signed out everywhere.
email-proof-action = Yes, change it
email-changed = Your e-mail address is changed. Sign in with the new one.
notice-new-device-subject = New sign-in
# $device (text)
notice-new-device-text = Somebody signed in with your password from a browser that we did not know: { $device }.
notice-new-device-action = See where you are signed in
notice-new-device-otherwise = If it was you, there is nothing to do. If not, choose a new password at once: that signs everybody else out.
notice-change-email-subject = Prove your new address
notice-change-email-text = With this link the address of this mail becomes the one you sign in with. It opens for two days.
notice-change-email-action = Change my address
notice-change-email-otherwise = If you did not ask for this, do nothing: without the link nothing changes.
notice-email-changed-subject = The address of your sign-in
# $email (text)
notice-email-asked-text = Somebody who knows your password asked to change the address of your sign-in to { $email }. It changes once a link mailed there is opened.
# $email (text)
notice-email-changed-text = The address of your sign-in is now { $email }. Our mail goes there from now on.
notice-email-asked-otherwise = If this was not you, choose a new password at once, or call us.
notice-email-changed-otherwise = If this was not you, call us at once: the old address no longer opens your sign-in.
