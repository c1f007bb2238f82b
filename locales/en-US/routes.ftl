# Reading routes and their order.

routes-title = Reading routes
routes-hint = The way on which meters are read. A route belongs to a bill cycle, and each point has its turn on it.
routes-all = Routes
routes-none = There is no route yet.
# $stops (number)
routes-stops = { $stops ->
    [one] 1 stop
   *[other] { $stops } stops
}
routes-new = Open a route
routes-code = Code
routes-name = What readers call it
routes-open = Open it
routes-opened = The route is open. Put points on it below.
routes-code-known = Another route has this code.
routes-missing = On no route
routes-missing-hint = A meter hangs there, and no reader comes by.
routes-missing-none = Every meter that hangs somewhere is on a route.
routes-route = Route
routes-place = Put the ticked ones at its end
routes-saved = The route is saved.
routes-none-chosen = Tick at least one stop.
# $points (text)
routes-no-such-points = We have no points with these numbers: { $points }. Use the numbers of the file for hand-held readers.

## One route

routes-sheet = Reading sheet
routes-file = File for hand-held readers
routes-order = Stops in their order
routes-no-stops = No point is on this route yet. Put some on it from the list of those on none, or take the order from a file.
routes-turn = Turn
routes-note = For the reader
routes-note-hint = Such as a dog, a locked gate, or where the meter is. Written on the ticked stops.
routes-write-note = Write it on the ticked stops
routes-to = To which route
routes-to-hint = Another one takes them at its end.
routes-where = Where
routes-where-hint = They keep their order among themselves.
routes-first = Before all others
routes-last = After all others
# $turn (number)
# $line (text)
routes-after = After { $turn }, { $line }
routes-move = Move the ticked stops
routes-remove = Take the ticked stops off
routes-upload = Take the order from a file
routes-upload-hint = A table whose first line names point and turn, and note where there is one, such as the file for hand-held readers with other turns. Points that it leaves out stay behind the others.
routes-take = Take it

## The sheet

# $code (text)
# $on (date)
routes-sheet-of = { $code }, { $on }
# $read (number)
# $all (number)
routes-done = { $read } of { $all } read today
routes-read-today = Read today
# $value (text)
# $on (date)
routes-last-read = Last { $value } on { $on }
# $low (text)
# $high (text)
routes-expected = Expected from { $low } to { $high }
