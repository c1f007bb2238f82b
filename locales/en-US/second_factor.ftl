# The second factor: codes of an authenticator app, and recovery codes for whoever lost it.

## The code at the sign-in

code-title = Enter your code
code-label = Six-digit code from your authenticator app
code-action = Continue
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
