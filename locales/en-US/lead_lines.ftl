# Water service lines that are or may be of lead: the inventory and its notice.

service-lines-title = Service lines
service-lines-hint = What water service lines are made of, as 40 CFR 141.84(a) asks. Whoever is served by one that is or may be of lead is told by letter when service begins and once a year.
service-lines-missing = Not in the inventory
service-lines-missing-hint = Nothing is recorded of these lines. Taken in as not known, whoever is served there is told.
service-lines-take-missing = Take them in as not known
service-lines-list = Lines that people are told of, or of the chosen kind
service-lines-none = None.
service-lines-upload = Take a file in
service-lines-upload-hint = A table whose first line names place, side, material, source, known_on and, where there are any, words. Sides: utility, customer. Materials: lead, galvanized, non_lead, unknown. Sources: records, inspection, excavation, customer, not_looked. It is taken whole or not at all.
# $kind (text)
service-line-kind = { $kind ->
    [lead] Lead
    [galvanized] Galvanized, to be replaced
    [unknown] Not known
   *[non_lead] Not lead
}
# $material (text)
service-line-material = { $material ->
    [lead] Lead
    [galvanized] Galvanized, to be replaced
    [non_lead] Not lead
   *[unknown] Not known
}
# $utility (text)
# $customer (text)
service-line-parts = Utility's part: { $utility }. Customer's part: { $customer }.
service-line-title = Service line
service-line-known = What was recorded
service-line-nothing = Nothing is recorded of this line.
service-line-record = Record a part
service-line-record-hint = The latest of each part holds; what was recorded before stays to be read.
service-line-side-label = Whose part
# $side (text)
service-line-side = { $side ->
    [utility] Utility's part
   *[customer] Customer's part
}
service-line-material-label = Made of
service-line-source-label = How that is known
# $source (text)
service-line-source = { $source ->
    [records] From records
    [inspection] By looking at it
    [excavation] Dug up
    [customer] The customer said so
   *[not_looked] Nobody has looked yet
}
service-line-known-on = Known since
service-line-words = What else is known
service-line-saved = It is recorded.
service-line-day-ahead = Choose today or a day before.
# $places (text)
service-line-no-water = We deliver no water at places with these numbers: { $places }.

## The letter

notice-lead-subject = About the lead in your water service line, or what may be lead
notice-lead-greeting = Hello to whoever lives at this address,
# $place (text)
notice-lead-text-lead = The water service line of { $place }, the pipe that brings water from the main, is made of lead, or a part of it is.
# $place (text)
notice-lead-text-galvanized = The water service line of { $place }, the pipe that brings water from the main, is galvanized and is or was connected behind lead. It can hold lead and needs to be replaced.
# $place (text)
notice-lead-text-unknown = We do not know what the water service line of { $place }, the pipe that brings water from the main, is made of. It may be lead.
# Regulated: 40 CFR 141.85(a)(1)(ii)
notice-lead-health = Exposure to lead in drinking water can cause serious health effects in all age groups. Infants and children can have decreases in IQ and attention span. Lead exposure can lead to new learning and behavior problems or exacerbate existing learning and behavior problems. The children of women who are exposed to lead before or during pregnancy can have increased risk of these adverse health effects. Adults can have increased risks of heart disease, high blood pressure, kidney, or nervous system problems.
notice-lead-steps = Until then: let the water run before you drink it or cook with it, use only cold water for that and for baby formula, clean the screens of your faucets, and use a filter that is certified to take lead out. Boiling does not take lead out. You can have your water tested.
notice-lead-replace = Call us about having the line replaced and about programs that help to pay for it. If you have your part of it replaced, tell us before: we replace ours then.
notice-lead-verify = Call us to find out what your line is made of. A look at where the pipe comes into the building is often enough, and we can help you with it.
