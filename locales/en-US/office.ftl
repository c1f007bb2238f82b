# The back office. Staff read English or Spanish as they choose.

office-title = { $page } | Back office
office-home = { -utility-short } back office, home
office-nav = Areas
office-nav-today = Today
office-nav-accounts = Accounts
office-nav-billing = Billing
office-nav-meters = Meters
office-nav-rates = Rates
office-nav-money = Money
office-nav-staff = Staff
office-nav-audit = Audit
office-queues = My queues
office-queue-exceptions = Exceptions
office-find-label = Find an account
office-find-hint = Name, address, account, meter, phone or e-mail
office-settings = { $name }, settings
office-keys = Keys
office-keys-on = Single-key shortcuts
office-key-find = find
office-key-move = move
office-key-open = open
office-key-down = J
office-key-up = K
office-key-enter = Enter
office-key-slash = /

## How customers are served

service-figures-title = Service figures
service-figures-text = What customers do by themselves, and what still takes a call or the counter.
service-accounts = Active accounts
service-paperless = Without paper
service-with-sign-in = With a sign-in
service-with-autopay = On autopay
service-by-month = Month by month
service-by-month-text = Calls are the notes of telephone contacts. Requests and payments online are made without anybody of the office.
service-told = Calls of those who are told, and of others
service-told-text = Active accounts that were sent an alert about a bill, a payment or their use in the last 90 days, beside those that were not, with the calls noted in these days.
service-told-who = In the last 90 days
service-told-yes = Sent an alert
service-told-no = Sent none
service-calls-a-hundred = Calls a hundred accounts
service-month = Month
service-calls = Calls noted
service-requests = Requests online
service-paid-online = Payments online
service-paid-otherwise = Other payments
service-share = Paid online
