# Opening an account: where, who, by which rates and on which facts.

account-new = New account
opening-where = Where is it served?
opening-new-place = The place is not here: open it
opening-who = Who is the bill for?
opening-somebody-new = Somebody new
opening-somebody-else = Choose somebody else
opening-known = Somebody known: name, phone or e-mail
opening-nobody-found = Nobody known has all of these words.
opening-customer = Customer
opening-account = Account
opening-class = Class
opening-delivery = { $way ->
    [paper] On paper
    [email] By e-mail
   *[both] On paper and by e-mail
}
opening-no-rate = Not served
# $name (text)
opening-served = { $name } is served here on that day. Stop that service first, or leave this one out.
opening-go-on = Go on
opening-look = Look it over
opening-look-hint = Nothing is opened yet.
opening-first-bill = First bill
# $issue (date)
# $read (date)
opening-first-bill-on = on { $issue }, for the days until { $read }
# $from (date)
# $until (date)
opening-drafted = The bills for { $from } to { $until } were drafted before this account was there. Once it is open, each of those periods waits among the exceptions, to be drafted for it.
opening-read = On the first day
opening-not-read = not read
opening-open = Open the account
opening-change = Change something
opening-done = The account is open and served.
opening-nothing = Choose a rate for at least one service.
# $from (date)
# $until (date)
opening-first-day = Choose a first day from { $from } to { $until }.
opening-no-email = Give an e-mail address, or let the bills come on paper.
opening-other-class = This rate has no prices for the account’s class. Choose another rate or class.
opening-other-facts = This rate asks for other facts. Choose it again and fill them in.
opening-read-refused = This value cannot be taken on that day. Leave it empty and enter the read later.
# $value (text)
opening-read-replaces = On this day { $value } was read. Go on only if the value here is right instead: it takes the place of the other.
# $value (text)
opening-read-stands = On this day { $value } was read. Write that, or leave the field empty and ask somebody who enters reads.
opening-read-to-come = The first day is still to come. Leave this empty, and enter the read on that day or later.
