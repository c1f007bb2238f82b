# What a customer learns from usage, and takes along.

usage-take-title = Take your data along
# $service (text)
usage-take-text = { $service ->
    [water] Your water use of the last 13 months, for other programs and for spreadsheets. The files do not hold your name or address.
    [electric] Your electricity use of the last 13 months, for other programs and for spreadsheets. The files do not hold your name or address.
    [gas] Your gas use of the last 13 months, for other programs and for spreadsheets. The files do not hold your name or address.
   *[other] Your use of the last 13 months, for other programs and for spreadsheets. The files do not hold your name or address.
}
usage-take-green-button = Green Button file (XML)
usage-take-intervals = Every interval as CSV
green-button-title = Green Button data
green-button-clocks = Local time
green-button-bill = Bill
# $service (text)
# $kind (text)
green-button-reading = { $service ->
    [water] Water use
    [electric] Electricity use
    [gas] Gas use
   *[other] Use
}, { $kind ->
    [billed] by bill
   *[other] by interval
}

## Dollars in place of units

usage-show = What the chart shows
usage-show-units = Use
usage-dollars = dollars
# $service (text)
# $months (number)
usage-cost-title = { $service ->
    [water] What water cost by month
    [electric] What electricity cost by month
    [gas] What gas cost by month
   *[other] Cost by month
}, { $months ->
    [one] 1 month
   *[other] { $months } months
}

## Something that likely runs unnoticed

# $kind (text)
# $service (text)
leak-title = { $kind ->
    [night_flow] Water is running day and night
    [toilet] It looks like a toilet is running
   *[change] { $service ->
        [water] Your water use rose suddenly
       *[electric] Your electricity use rose suddenly
    }
}
# $kind (text)
# $since (day)
# $hourly (text)
# $unit (text)
# $daily (text)
leak-text = { $kind ->
    [night_flow] Since { $since } your meter has not stood still between one and five in the morning: it counts about { $hourly } { $unit } an hour even in the quietest hour, about { $daily } { $unit } a day.
    [toilet] Since { $since } your meter counts small, even amounts in most hours between one and five in the morning, as a toilet does that refills by itself: about { $daily } { $unit } a day.
   *[change] Since { $since } you use about { $daily } { $unit } a day more than in the four weeks before.
}
# $amount (money)
leak-costs = On your next bill that likely costs about { $amount }.
# $kind (text)
# $phone (text)
# $service (text)
leak-advice = { $kind ->
    [night_flow] Turn off every faucet and look at the meter: if it still moves, close the valve at the house. If it moves even then, the pipe in the ground is broken; call us at { $phone }.
    [toilet] Put a little food coloring into the tank and wait fifteen minutes without flushing: color in the bowl means that the flapper leaks.
   *[change] { $service ->
        [water] Look for a garden hose, a pool or a water softener that runs. If you find nothing, call us at { $phone }.
       *[electric] Heating, cooling and guests are the usual reasons. If none fits, call us at { $phone }.
    }
}
leak-ask-adjustment = It is repaired: ask for a leak adjustment
leak-hint = This is worked out from your meter's hours. It is a hint, not a finding on site, and it changes nothing on your bill.

## The next bill

forecast-title = Your next bill, as it looks now
forecast-likely = Likely
forecast-between = Between
# $low (money)
# $high (money)
forecast-range = { $low } and { $high }
# $service (text)
forecast-used = { $service ->
    [water] Water by then
    [electric] Electricity by then
   *[other] Gas by then
}
# $from (day)
# $last (day)
# $days (number)
forecast-text = For all your services from { $from } to { $last }, at the published prices. { $days ->
    [0] No day of this service is counted yet, so it goes by your earlier bills.
    [one] 1 day of this service is counted; the other days go by that day and your earlier bills.
   *[other] { $days } days of this service are counted; the other days go by these and your earlier bills.
} It is not a bill: what you use until then decides.
# $years (number)
forecast-weather-years = { $years ->
    [one] The days ahead are reckoned with weather as in the year before, from how your bills went with cold and heat.
   *[other] The days ahead are reckoned with weather as in earlier years, the mean of { $years } of them, from how your bills went with cold and heat.
}
# $low (money)
# $high (money)
# $limit (money)
forecast-budget = Forecast { $low } to { $high } of your { $limit } budget.
# $low (text)
# $high (text)
# $limit (text)
# $unit (text)
forecast-budget-units = Forecast { $low } to { $high } of your { $limit } { $unit } budget.
forecast-budget-passed = It will likely be passed.
forecast-budget-kept = It will likely hold.
forecast-budget-change = Change my budget
forecast-budget-set = Set a budget, and be told before you pass it

## Similar homes

similar-title = Beside similar homes
similar-own = You
similar-middle = Half of them used at most
similar-thrifty = The thriftiest fifth used at most
# $homes (number)
similar-text = { $homes } other homes that we billed for the same days. Nobody can see whose numbers these are.

## What changed on a bill

changes-same = This bill is the same
# $amount (money)
changes-up = Why this bill is { $amount } higher
# $amount (money)
changes-down = Why this bill is { $amount } lower
changes-against = Compare with
changes-last = Last bill
changes-year = A year earlier

## After a move

# $month (month)
usage-elsewhere = Up to { $month } another place or meter is counted too: those months are no comparison.
