# The second factor: codes of an authenticator app, and recovery codes for whoever lost it.

## The code at the sign-in

code-title = Enter your code
code-label = Six-digit code from your authenticator app
code-action = Continue
code-missing = Enter the code that is asked for.
code-wrong = That code does not fit, or was used already. Wait for the next one.
recovery-instead = I do not have the app at hand
recovery-back = Use the app after all
recovery-label = Recovery code
recovery-hint = One of the ten codes you kept, such as K7QM-2XWP-B4HD-9RTA. Each works once.
recovery-lost = Without the app and the codes, call us: once we know that it is you, we turn the codes off.

## Turning it on and off

factor-title = Codes from an app
factor-is-on = On
factor-is-off = Off
factor-off = Signing in asks for your password alone. With a code from an app on your phone, a stolen password opens nothing.
factor-about = You need an authenticator app, such as the one of your phone or your password manager. It works without a network.
factor-begin = Set up codes
factor-change = Change
factor-waits = The key waits for 15 minutes. After that, begin again.
factor-on = Signing in asks for your password and a code from your app.
factor-remove = Turn codes off
factor-remove-text = After that, signing in asks for your password alone, and your recovery codes open nothing. Other devices are signed out.
factor-removed = Codes are off. Other devices were signed out.
factor-code = Code from your app, or a recovery code
factor-code-hint = Six digits from the app. Without the app, one of your recovery codes.
recovery-title = Your recovery codes
recovery-once = If you lose the app, each of these codes signs you in once in its place. They are shown only now: write them down or print them.
recovery-keep = Keep them where you keep important papers, not on the phone with the app.
recovery-kept = I have kept them
recovery-renew = Make new recovery codes
recovery-renew-text = You get ten new codes. The old ones open nothing any more, and other devices are signed out.
# $count (number)
recovery-left = { $count ->
    [0] No recovery code is left. Make new ones.
    [1] 1 recovery code is left. Make new ones soon.
   *[other] { $count } recovery codes are left.
}

## The office

account-login-factor = Signs in with codes from an app
account-factor-off = Turn codes off
account-factor-hint = For somebody who lost the app and the recovery codes. Make sure first that it is the customer: whoever gets this done needs only the password. They are told by e-mail.
account-factor-check = How did you make sure who it is?
# $check (text)
identity-check = { $check ->
    [document] They showed a document with a photo
    [called_back] I called back the number on the account
    [answers] They answered questions on bills, payments or the meter
   *[other] { $check }
}
account-factor-now = Turn codes off now
account-factor-done = Codes are off, every device is signed out, and the customer is told.

## Letters

notice-factor-on-subject = Codes are on
notice-factor-on-text = From now on your { -utility-short } sign-in asks for a code from your authenticator app after the password. Every other device was signed out.
notice-factor-off-subject = Codes are off
notice-factor-off-text = Your { -utility-short } sign-in asks for your password alone from now on. Every other device was signed out.
notice-factor-office-text = Somebody who said they were you called our office and had the codes of your { -utility-short } sign-in turned off. It asks for your password alone from now on, and every device was signed out.
notice-recovery-made-subject = New recovery codes
notice-recovery-made-text = Ten new recovery codes were made for your { -utility-short } sign-in. The old ones open nothing any more.
notice-recovery-used-subject = A recovery code was used
# $left (number)
notice-recovery-used-text = { $left ->
    [0] A recovery code was used for your { -utility-short } sign-in in place of your app. None is left: make new ones.
    [1] A recovery code was used for your { -utility-short } sign-in in place of your app. One is left: make new ones soon.
   *[other] A recovery code was used for your { -utility-short } sign-in in place of your app. { $left } are left.
}
notice-factor-action = See your sign-in
notice-factor-otherwise = If that was not you, choose a new password at once and call us.

## Passkeys

passkeys-title = Passkeys
passkeys-none = Sign in with a finger, your face or the PIN of your device, without typing a password. Nobody can talk you out of a passkey.
passkeys-count = { $count ->
    [1] 1 device signs you in without a password.
   *[other] { $count } passkeys sign you in without a password.
}
passkeys-about = A passkey is a key that your phone, computer or password manager keeps. It opens with a finger, your face or a PIN, works for our site alone, and stands for password and code. Your password still works.
# $made (text)
passkey-made = Made { $made }
# $used (text)
passkey-used = last used { $used }
passkey-new = Make a passkey
passkey-no-device = This browser makes no passkeys. Try another browser, or your phone.
passkey-name = Name
passkey-name-hint = So that you know it again, such as the device it is on.
passkey-name-long = Shorten the name to 60 letters.
passkey-ask-title = Your device asks you
passkey-ask-new = Press the button and follow what your device says: it makes the passkey and keeps it.
passkey-ask-any = Press the button and follow what your device says.
passkey-ask-action = Continue
passkey-failed-new = Your device made no passkey, or has one for us already. Nothing was changed; try again.
passkey-failed-any = Your device showed no passkey. Try again, or sign in with your password.
passkey-instead = Sign in with my password
passkey-back = Back
passkey-sign-in = Sign in with a passkey
passkey-wrong = That passkey opens nothing here, or the page waited for more than five minutes. Try again, or sign in with your password.
passkey-added = The passkey is yours. Next time, sign in with it.
passkey-not-made = No passkey was made: the page waited too long, or the answer did not fit. Try again.
passkey-remove = Take off
passkey-remove-title = Take this passkey off
# $name (text)
passkey-remove-text = After that, { $name } no longer signs you in, and every other device is signed out. Take it off your device as well: there it stays until you do.
passkey-removed = The passkey is off. Other devices were signed out.

notice-passkey-added-subject = A passkey was made
# $name (text)
notice-passkey-added-text = The passkey “{ $name }” now signs in to { -utility-short } for you, without a password. If you did not make it, take it off under Sign-in and security.
notice-passkey-removed-subject = Passkeys were taken off
# $name (text)
notice-passkey-removed-text = Taken off your { -utility-short } sign-in, which it opens no more: { $name }. Every other device was signed out.
