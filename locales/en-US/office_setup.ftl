# A whole utility from its own files, and what is missing until the first bill.

setup-title = A whole utility from files
setup-hint = Cycles, places, meters, customers, accounts, last reads, balances and deposits. Nothing is taken before you have seen what would become of it.
setup-send = Send the files
setup-files = Files
setup-files-hint = All of them at once, or some: what one file names, another of them or the house must know. At most 64 MB each and 128 MB together.
setup-which = The files
setup-which-hint = Each begins with a line of headings; those with * are needed. What is known by your own numbers stays as it is.
# $file (text)
setup-file = { $file ->
    [cycles] Bill cycles.
    [premises] Places.
    [service_points] Where each service is delivered.
    [meters] Meters, a line for each register.
    [customers] Persons and organizations.
    [accounts] Accounts.
    [agreements] Who is served where, by which rate. Facts such as carts=2; impervious=2100.
    [last_reads] What each register showed when it was billed last.
    [deposits] What is held as security, since when, and up to which day its interest was paid.
   *[other] What is owed, by fund and due date; below zero what is held for a customer.
}
setup-look = What the files hold
setup-new = New
# $owed (money)
# $held (money)
setup-balances = Opening balances: { $owed } owed, { $held } held for customers.
# $held (money)
setup-deposits = Deposits held: { $held }.
setup-take = Take all of it
setup-done = All of it is taken.
# $name (text)
setup-unknown-file = { $name } is none of the files. Give it one of the names beside.
# $name (text)
setup-file-twice = { $name } was sent twice. Send each file once.
setup-too-many = These are more than ten files. Send each of the ten once.
setup-refused = { $count ->
    [one] 1 line cannot be taken
   *[other] { $count } lines cannot be taken
}
setup-refused-hint = Nothing is taken while there is one. Mend the lines and send the files again.
setup-line = Line
# $why (text)
# $column (text)
# $value (text)
setup-why = { $why ->
    [no_column] The file has no column { $column }. Add it.
    [unknown_column] There is no column { $column }. Mend the heading, or leave the column out.
    [not_a_line] The line has more fields than there are headings, or is no plain text. Put fields with commas in quotes, and save the file as UTF-8.
    [missing] { $column } is empty. Fill it in.
    [not_one_of] { $column }: { $value } is none of the words that this column has. Choose one of them.
    [not_a_day] { $column }: { $value } is no day. Write it as 2026-12-08.
    [not_a_number] { $column }: { $value } is no number that can be here. Write it plainly, as 12.5, and within its bounds.
    [not_an_amount] { $column }: { $value } is no amount. Write it as 84.10, or -84.10 for a credit; nothing owed needs no line.
    [unknown] { $column }: { $value } is neither in the files nor in the house. Add its line, or mend the number.
    [twice] { $column }: { $value } is in the file twice. Keep one of the lines.
    [taken] { $column }: { $value } is in the house already, as something else. Give this one another name.
    [alike] { $column }: but for capitals, spaces and zeros before it this is { $value }. Write { $value }, or give something else a number of its own.
    [too_long] { $column } is too long. Shorten it.
    [no_state] { $column }: { $value } is no state. Write its two letters, such as IL.
    [no_zip] { $column }: { $value } is no ZIP code. Write 60000 or 60000-1234.
    [no_point] { $column }: { $value } is no point of the earth. Write degrees such as 41.8781 and -87.6298.
    [known_address] { $column }: { $value } is the address of another place. Tell them apart by the unit.
    [known_point] { $column }: the place has a point for { $value } with this name already. Give this one a name of its own, or leave the line out.
    [differs] The lines of meter { $value } differ in kind, size, place or day. Let them say the same.
    [registers] The meter has not the registers of its kind. One for delivered; high and low for compound; delivered and received for net.
    [wrong_unit] { $column }: { $value } does not count this service. Mend the unit, the channel or the point.
    [not_metered] { $column }: at { $value } nothing is metered. Only water, electric and gas have meters.
    [point_taken] { $column }: another meter counts at { $value }. Leave one out, or write yes under beside where both count together.
    [nothing_to_deduct_from] { $column }: at { $value } hangs no meter that this one could deduct from. Add that one.
    [not_an_address] { $column }: { $value } is no e-mail address.
    [not_a_phone] { $column }: { $value } is no telephone number. Write it with its area code.
    [no_email] { $column }: the customer has no e-mail address. Add one, or write paper.
    [future] { $column }: { $value } has not come yet.
    [served] { $column }: somebody is served at { $value } already. Stop that service first, or keep one of the lines.
    [not_served] { $column }: account { $value } is closed or closing. Open another account, and write its number.
    [billed] { $column }: the days before { $value } are on a bill or a draft. Write { $value } or a later day, or cancel the bill or void the draft first.
    [no_rate] { $column }: no published rate { $value } prices this service. Publish it first, or mend the code.
    [other_class] { $column }: { $value } has no prices for the account’s class.
    [fact_missing] { $column }: the rate asks for { $value }. Write { $value }=1, with the number that is true.
    [fact_unasked] { $column }: the rate does not ask for all of this: { $value }. Leave out what it does not know.
    [not_installed] { $column }: the meter did not hang anywhere on { $value }. Mend the day, or the meter’s installed_on.
    [beyond_face] { $column }: the register cannot show { $value }. Mend the value, or the meter’s dials.
    [not_received] { $column }: { $value } lies before the day on which the deposit was received. Mend one of the two.
    [deposit_open] { $column }: a deposit of { $value } is asked for or held already. Leave the line out.
    [no_deposits] { $column }: the chart of accounts lacks the fund of the deposit policy, or an account for deposits that are asked for or held. Set it first.
   *[no_fund] { $column }: { $value } is no fund of the chart of accounts that earns money. Write one of its codes, such as WATER.
}

## What is missing until the first bill

missing-title = Until you can bill
missing-hint = A bill needs all of these. Take them in this order, or bring everything in at once.
missing-done = done
missing-cycle = Open a bill cycle
missing-rate = Publish a rate for each service
missing-place = Open the places and their service points
missing-account = Open the accounts
missing-files = Or bring the whole utility in from files
