# Signing in, getting back in, and proving that an account is yours.

## Sign-in

sign-in-title = Sign in
sign-in-email = E-mail address
sign-in-password = Password
sign-in-action = Sign in
sign-in-forgot = Forgot your password?
sign-in-new-title = New here?
sign-in-new-text = Set up a sign-in with your account number and your last bill.
sign-in-new-action = Set up a sign-in
sign-in-wrong = That e-mail address and password do not go together. Check both and try again.
sign-in-not-verified = Confirm your e-mail address first: open the link in the message we sent you. If the link has run out, set up your sign-in again.
sign-in-first = Sign in to see this page.
signed-out = You are signed out.

## Setting up a sign-in

register-title = Set up your sign-in
register-intro = Have your last bill at hand. Without a bill, we can send a code to the account’s mailing address.
register-account = Account number
register-account-hint = Ten digits, at the top of your bill, such as 4100-27160-4.
register-proof = Amount or web code of your last bill, or the code from our letter
register-proof-hint = The total new charges or the amount due, such as 84.10; or the web code beside the square code, such as K7QM2-9XWPB.
register-no-bill = I have no bill: send me a code by mail
register-name = Your name
register-new-password = Choose a password
register-new-password-hint = At least 10 characters. A short sentence is easy to remember.
register-action = Set up my sign-in
register-not-proved = We could not match the account number with that amount or code. Check both against your last bill. An amount that many bills show is not enough: then ask for a code by mail.
register-not-an-email = Write an e-mail address such as name@example.com.
register-weak-password = Choose a password of at least 10 characters that are not all the same.
register-sent-title = Check your e-mail
register-sent-text = We sent you a message with a link. Open it within two days to finish. If nothing comes in a few minutes, look in your spam folder.

verify-title = Confirm your e-mail address
verify-text = Enter the password you chose to confirm your address and sign in.
verify-action = Confirm and sign in
verify-wrong = That is not the password chosen for this sign-in.
verify-done = Your address is confirmed, and your account is here.
link-spent-title = This link no longer works
link-spent-text = It was used already, replaced by a newer one, or it has run out.
link-spent-again = Start again

## Adding an account

claim-title = Add an account
claim-action = Add the account
claim-done = The account was added.
# $language (text)
claim-bills-in = Its bills come in { $language ->
    [es-US] Spanish
   *[other] English
} from now on, the language you read here. Change it under “How your bills come”.
claim-held = This account is already in your list.
claim-code-title = Get a code by mail
claim-code-intro = We send a letter with a code to the mailing address of the account. It takes 3 to 5 days.
claim-code-action = Send the letter
claim-code-sent-title = The letter is on its way
claim-code-sent-text = If there is such an account, its mailing address gets a letter with a code within 3 to 5 days. The code works for three weeks.

## Passwords

forgot-title = Forgot your password?
forgot-intro = Enter your e-mail address. If you have a sign-in with it, we send you a link to choose a new password.
forgot-action = Send me a link
forgot-sent-title = Check your e-mail
forgot-sent-text = If there is a sign-in with this address, it gets a message with a link. The link works for one hour.
reset-title = Choose a new password
reset-new-password = New password
reset-action = Save the new password
reset-done = Your new password is saved, and you are signed in.
password-title = Change your password
password-old = Password you have now
password-wrong = That is not your password.
password-done = Your new password is saved. Other devices were signed out.
password-done-without-passkeys = Your new password is saved, and your passkeys are off. Other devices were signed out.
# $names (text)
password-passkeys = Passkeys that sign you in without the password: { $names }.
password-passkeys-off = Take them off too. Leave this ticked if somebody else may have known your password: they may have made one.

## Office

office-sign-in-title = Back office sign-in
office-set-up-title = Set up { -utility-short }
office-set-up-intro = You are the first one here. The one-time token is printed on the console of the server.
office-set-up-token = One-time token
office-set-up-action = Make me the administrator
office-set-up-token-wrong = This token does not open. Start the server again for a new one.
office-set-up-done = Welcome. Invite the others under Staff.
office-invitation-title = Join the staff
office-invitation-text = Hello { $name }. Choose a password for { $email }.
office-invitation-action = Join

totp-title = Authenticator
totp-off = Sign-in asks for your password alone. An authenticator app makes it much safer.
totp-on = Sign-in asks for your password and a code of your authenticator app.
totp-begin = Set up an authenticator
totp-step-1 = Point the camera of your authenticator app at the picture, or add this key by hand or with the link:
totp-open-app = Open in the app on this device
totp-step-2 = Then enter the code that the app shows.
totp-picture = The code for the authenticator app
totp-recovery = If you lose the app, an administrator invites you again under Staff: the old app then opens nothing, and you set up a new one.
totp-confirm = Turn on
totp-remove = Turn off
totp-remove-text = To turn it off, enter a code of the app.
totp-done = From now on, sign-in asks for a code of your app.
totp-removed = The authenticator is off.

staff-title = Staff
staff-name = Name
staff-email = E-mail address
staff-role = Job
staff-authenticator = Authenticator
staff-state = State
staff-active = Active
staff-not-active = No access
staff-you = you
staff-invite-title = Invite somebody
staff-invite-action = Send the invitation
staff-invited = The invitation is on its way to { $name }.
staff-email-taken = Somebody of the staff has this address already.
staff-change-role = Change job
staff-role-changed = The job of { $name } is changed. They sign in anew to do it.
staff-close = End access
staff-closed = { $name } has no access any more.
staff-invite-again = Invite again
staff-not-for-oneself = Ask another administrator to change this for you.
staff-last-administrator = The last administrator stays: make somebody else one first.
# $role (text)
staff-role-name = { $role ->
    [administrator] Administrator
    [billing_manager] Billing manager
    [billing_clerk] Billing clerk
    [csr] Customer service
    [field_supervisor] Field supervisor
    [field] Field crew
    [collector] Collections
    [compliance] Compliance
    [viewer] Viewer
   *[other] { $role }
}

audit-title = Audit trail
audit-at = When
audit-who = Who
audit-action = What
audit-subject = On
audit-facts = Facts
audit-account = Account number
audit-filter-action = What, such as payment.posted
audit-show = Show
audit-empty = Nothing was recorded for this.
# $kind (text)
audit-actor-kind = { $kind ->
    [staff] staff
    [login] customer
    [visitor] visitor
    [clock] the program
    [operator] operator
    [processor] payment processor
   *[other] { $kind }
}

mailbox-title = Mail waiting to be sent
mailbox-text = No mail server is configured, so the demonstration keeps its mail here. Nothing leaves this machine.
mailbox-empty = Nothing waits.
mailbox-to = To { $recipient }
mailbox-letter = Letter

clock-title = The town’s clock
# $today (long day)
clock-text = In the demonstration town it is { $today }. Move its clock forward and the jobs do what those days bring. It never goes back.
clock-day = Day
clock-action = Move the clock
clock-moved = The clock is moved. The jobs are doing what the days between bring, day by day; that takes a moment.
clock-too-far = The clock moves at most a year at once.
clock-backward = Choose a later day: the clock goes forward only.

## Somebody types codes

notice-codes-guessed-subject = Somebody knows your password
notice-codes-guessed-text = Somebody signed in to { -utility-short } with your password and then typed several wrong codes of your authenticator app. Without a code the sign-in opens nothing.
