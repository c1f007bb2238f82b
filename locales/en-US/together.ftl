# Paying several accounts at once.

together-title = Pay several accounts at once
together-text = You make one payment. Each account gets its own part of it, and its own receipt.
together-accounts = Accounts to pay
# $account (text)
# $name (text)
together-account = Account { $account }, { $name }
# $amount (money)
# $day (long day)
together-due = { $amount } due { $day }
# $amount (money)
# $past (money)
together-past-due = { $amount } to pay, { $past } of it past due
# $amount (money)
together-to-pay = { $amount } to pay
together-nothing-due = Nothing is due.
# $amount (money)
together-credit = { $amount } is held for the next bill.
# $place (text)
together-amount = Amount for { $place }
together-none = Tick the accounts that you want to pay.
together-gone = An account that you ticked can no longer be paid with your sign-in. Nothing was charged. Look at what is left, and check again.
together-nothing = Write how much to pay on this account, or untick it.
# $most (number)
together-too-many = At most { $most } accounts can be paid at once.
together-total = Total
# $amount (money)
together-consent = You allow us to charge { $amount } once, for these accounts together. If your bank takes the payment back, what it paid is owed again on each account, and a fee for a returned payment is charged once.
# $amount (money)
together-begun = { $amount } for this account was begun and not finished. If you pay here, that is closed with all its accounts, so that you pay once.
# $accounts (number)
together-for = { -utility-short }, { $accounts ->
    [one] 1 account
   *[other] { $accounts } accounts
}
together-made = Payment for several accounts
together-part = Part of a payment for several accounts
together-receipt = Receipt
together-others = Other accounts of this payment are not open to your sign-in, and are not shown.
