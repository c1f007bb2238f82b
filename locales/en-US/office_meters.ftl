# Reading meters: entry by hand, files, and the policies that judge reads.

## Files

# $status (text)
import-status = { $status ->
    [running] Running
    [finished] Finished
   *[failed] Failed
}
# $accepted (number)
# $rejected (number)
import-line = { $accepted } values taken, { $rejected } lines refused
imports-title = Files of reads
import-new = Import a file
import-file = File
import-file-hint = At most 64 MB. Nothing is taken before you have seen what is in it.
import-format = Format
# $format (text)
import-format-name = { $format ->
    [alicante] Water registers (CSV)
    [cmep] CMEP (MEPMD01)
    [beacon] Beacon CSV
    [nem12] NEM12
    [greenbutton] Green Button XML
    [csv] CSV with a saved column mapping
   *[other] { $format }
}
import-mapping = Column mapping
import-meter = Meter, where the file names none of ours
import-mapping-none = None
import-format-unknown = Choose one of the formats.
import-zone = Zone of the times
import-zone-hint = Such as America/Denver. Left empty: the zone that files of this format usually keep. A column mapping that names a zone keeps its own.
import-zone-unknown = This is no zone of the IANA list, such as America/Denver.
import-stamping = A time names
import-stamping-hint = Which end of an interval. A column mapping keeps its own.
import-stamping-usual = What is usual in this format
import-stamping-start = the beginning of its interval
import-stamping-end = the end of its interval
import-stamping-unknown = Choose the beginning or the end.
import-declared = Times of { $zone }; a time names { $end }
import-look = Look into it
import-go = Import it
import-dry = This is what the file holds. Nothing has been taken yet.
import-values = Values
import-registers = Registers
import-accepted = Taken
import-duplicates = Known before
import-corrections = Corrections
import-held = Held for a person
import-rejected = Lines refused
import-rejections = Refused lines
import-none-rejected = No line was refused.
import-reason = Reason
import-excerpt = Text
import-latest = Imports, newest first
import-missing = Choose a file.
import-unreadable = This file cannot be read in that format: { $why }
import-done = The file is imported.
import-same = This file was imported before. Nothing changed.
import-again = The file does not wait here any more: it was taken, or nobody took it within a day. Send it once more if it is missing below.
import-mapping-title = New column mapping
import-mapping-name = Name
import-mapping-document = Columns
import-mapping-hint = A document that names the columns of the meter, the time, the value and the unit.
import-mapping-save = Save the mapping
import-mapping-saved = The mapping is saved.
import-mapping-bad = The mapping does not read: { $why }

# $reason (text)
reject-reason = { $reason ->
    [malformed] Not a line of this format
    [cut_short] Cut short
    [too_long] Too long
    [unknown_record] Unknown kind of record
    [bad_stamp] Not a time
    [no_such_time] No clock showed this time
    [bad_number] Not a number
    [unknown_unit] Unknown unit
    [unknown_quality] Unknown quality
    [unknown_meter] Unknown meter
    [ambiguous_register] Several registers could be meant
    [unit_mismatch] Another kind of unit than the register’s
    [constant_mismatch] Another constant than the register’s
    [interval_length] Intervals of another length
    [off_grid] Not on a slot of the day
    [no_slots] Intervals for a register without slots
    [out_of_range] The number is too large
    [beyond_face] The register cannot show this value
    [not_installed] The meter was not installed on this day
    [future] After the present
   *[other] { $reason }
}

## Reads by hand

read-new = Enter a read
read-register = Register
read-day = Day of the read
read-value = What the register shows
read-again = The same value once more
read-again-hint = The value is far from what was expected. Read the register again and enter it a second time.
read-save = Save the read
read-confirm = The value is right
read-unusual = Look twice before this read is kept
read-kept = The read is saved.
read-kept-held = The read is kept and waits in the exceptions queue.
read-duplicate = The same read is there already.
read-no-register = This account has no metered register.
read-not-a-number = Write the digits that the register shows.
read-not-a-day = Give the day of the read.
read-not-equal = The two values differ.
# $most (text)
read-beyond = This register shows less than { $most }.
read-not-installed = The meter did not hang here on this day. Check the day, or the meter’s dates.
read-last = last read { $value } on { $day }
read-accepted-now = The read is accepted.
# $count (number)
read-in-a-row = { $count } in a row
read-moved-on = This read was answered already.

## Policies

policies-title = Policies
policy-kind = { $kind ->
    [vee] Thresholds for reads
    [allocation] Order in which money is applied
    [fees] Late fees
    [bills] Bounds of bills and days to pay
    [arrangements] More time to pay
    [chart_of_accounts] Chart of accounts
    [holds] Holds
    [shutoff] Shut-off rules
    [disputes] Disputes
    [corrections] Corrections by hand
    [deposits] Deposits
    [budget_plans] Level payment plans
   *[other] { $kind }
}
policy-from = In force from
policy-as-document = The whole policy as a document
policy-document = Document
policy-save = Save as a new version
policy-saved = The new version is kept.
policy-bad = The document does not read: { $why }
policy-history = Versions
policy-none = The values that ship are in force.
policy-version = Version
policy-hint = A change is a new version from a day on; earlier versions stay.
policy-thresholds-hint = What goes past a threshold is shown to a person before it is believed.
policy-thresholds-save = Save the thresholds
policy-threshold-name = Threshold
policy-threshold-wrong = Write a number that is not below zero; counts and days are whole.
policy-threshold = { $name ->
    [warn_low_percent] Ask below this percent of the expected use
    [warn_high_percent] Ask above this percent of the expected use
    [warn_difference] But only where the difference is more than
    [force_high_percent] Read again above this percent of the expected use
    [inactive_usage] Use without an agreement is shown from
    [most_estimates_in_a_row] Estimates in a row that pass
    [fewest_days] Fewest days between two reads
    [most_days] Most days between two reads
    [most_per_hour] The most that one hour can deliver
    [sum_check_percent] Intervals may differ from the register by percent
    [sum_check_difference] And by this much in any case
    [fill_minutes] Gaps filled from their neighbors, up to minutes
   *[long_gap_hours] Gaps shown to a person, from hours
}
policy-past = A policy begins today or later.
policy-propose = Propose it
policy-takes-two = It counts when a second person has approved it.
policy-proposed-now = It waits for a second person.
policy-waiting = Waits for a second person
policy-second-person = A second person must approve it.
policy-approve = Approve
policy-withdraw = Give it up
policy-withdrawn-now = It is given up.
policy-same-person = Somebody else must approve what you proposed.
policy-decided = It was approved or given up already.
# $code (text)
# $name (text)
chart-new = New: { $code } { $name }
# $code (text)
# $name (text)
chart-gone = Gone: { $code } { $name }
# $role (text)
# $from (text)
# $to (text)
chart-moved = { $role }: { $from }, then { $to }

## Weather

weather-title = Weather
weather-stations = Stations
weather-none = No weather is loaded. Customers see it beside what they used.
weather-station = Station
weather-days = Days
weather-span = From and to
weather-shown = Shown to customers
weather-file-hint = A table with the columns DATE and TAVG, or TMAX and TMIN, as NOAA’s daily summaries and GHCN-Daily have them. The same file again changes nothing.
weather-unit-label = Temperatures are in
# $unit (text)
weather-unit = { $unit ->
    [tenths-celsius] Tenths of a degree Celsius (GHCN-Daily)
    [celsius] Degrees Celsius
   *[fahrenheit] Degrees Fahrenheit
}
weather-station-hint = For a file that names none in a column STATION.
weather-station-long = That is too long for a station’s code.
weather-no-station = The file names no station. Write its code here and send the file again.
# $new (number)
# $corrected (number)
# $known (number)
weather-taken = Days: { $new } new, { $corrected } corrected, { $known } there already.
# $refused (number)
# $line (number)
# $why (text)
weather-refused = { $refused ->
    [one] One line was refused, line { $line }: { $why }.
   *[other] { $refused } lines were refused; the first is line { $line }: { $why }.
}
weather-choose = Station that customers see, and by whose past days a shut-off is judged
weather-choose-now = Show its weather
weather-chosen = Customers see the weather of this station.
