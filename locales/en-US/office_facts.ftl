# What an agreement adds to the facts of its bills: counted things and marks that a rate asks for.

# $name (text)
fact-name = { $name ->
    [dwellings] Dwelling units
    [dwelling_units] Dwelling units
    [homes] Homes
    [units] Units
    [impervious] Impervious area
    [impervious_sqft] Impervious area
    [impervious_area] Impervious area
    [area] Impervious area
    [retained] Rain water kept on the place
    [parking] Parking places
    [erus] ERUs
    [eru] ERUs
    [carts] Carts
    [recycling_carts] Recycling carts
    [yard_carts] Yard waste carts
    [containers] Containers
    [pickups] Pickups
    [lamps] Lamps
    [lights] Lights
    [hydrants] Hydrants
    [fire_lines] Fire lines
    [bedrooms] Bedrooms
    [rooms] Rooms
    [beds] Beds
    [fixtures] Fixtures
    [pools] Swimming pools
    [contract_demand] Contract demand
    [senior] Senior discount
    [tax-exempt] Exempt from tax
    [tax_exempt] Exempt from tax
    [low-income] Low-income discount
    [low_income] Low-income discount
    [medical] Medical need
    [life-support] Life support
    [veteran] Veteran
    [disabled] Disability discount
    [rain-garden] Rain garden
    [rain_garden] Rain garden
    [outside] Outside the city
    [outside-city] Outside the city
    [well] Well of its own
    [septic] Septic tank of its own
    [solar] Solar
   *[other] { $name }
}
# $name (text)
# $charge (text)
fact-of-charge = { $name }, for { $charge }
# $unit (text)
fact-in-unit = In { $unit }.
fact-not-whole = Write a whole number such as 2.
fact-none = None
facts-title = Facts for the bills
# $rate (text)
facts-of-rate = What rate { $rate } asks for
facts-hint = What is known of the place is filled in. Check it against the place and the person.
facts-none-asked = This rate asks for nothing more.
facts-change = Change from a day on
facts-change-hint = The bill of a period in which they change counts the days before and after by themselves. Days that were billed stay as they are.
facts-change-link = Facts and their changes
facts-history = What counted and counts
# $day (date)
facts-later = A change from { $day } is known already, and would count from then on as it is. Choose { $day } or a later day.
# $day (date)
facts-saved = Saved. It counts from { $day }.
service-choose = Go on
service-choose-again = Choose again
