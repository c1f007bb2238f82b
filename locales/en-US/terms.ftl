# Words of the field, said once.

## Services

# $commodity (text)
service-name = { $commodity ->
    [water] Water
    [sewer] Sewer
    [stormwater] Stormwater
    [electric] Electricity
    [gas] Gas
    [refuse] Trash and recycling
   *[other] Other services
}

# What people call the unit a register counts in.
# $unit (text)
unit-name = { $unit ->
    [kWh] kWh
    [kW] kW
    [gal] gallons
    [kgal] thousand gallons
    [cf] cubic feet
    [CCF] CCF
    [m3] cubic meters
    [L] liters
    [therm] therms
    [ERU] ERU
    [each] each
    [day] days
   *[other] { $unit }
}

# $unit (text)
unit-short = { $unit ->
    [therm] therms
    [each] each
    [day] days
   *[other] { $unit }
}

# The unit as a line of a bill counts it.
# $unit (text)
unit-priced = { $unit ->
    [kgal] thousand gallons
    [therm] therms
    [each] units
    [day] days
   *[other] { $unit }
}

# $quality (text)
read-quality = { $quality ->
    [actual] Actual read
    [estimated] Estimated read
    [edited] Edited read
    [missing] No read
   *[other] { $quality }
}

in-days = { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
}
days-ago = { $days ->
    [1] yesterday
   *[other] { $days } days ago
}
days-count = { $days ->
    [one] 1 day
   *[other] { $days } days
}
# $from (day)
# $until (date)
day-span = { $from } to { $until }
# $from (date)
# $until (date)
day-span-years = { $from } to { $until }
