"""Reads a Green Button file with the library greenbutton-objects and prints how many values it finds, and their sum. Ends with 77 where the
library is not installed."""

import sys

try:
    from greenbutton_objects import parse
except ImportError:
    sys.exit(77)

readings = [
    reading.value
    for point in parse.parse_feed(sys.argv[1])
    for meter in point.meterReadings
    for block in meter.intervalBlocks
    for reading in block.intervalReadings
]
print(len(readings), round(sum(readings), 3))
