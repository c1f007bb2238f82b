"""Checks a mail's signature as a server does that receives it: `dkim_check.py MAIL KEY`, where KEY is the public key as its record in the DNS
holds it. Ends with 0 where the signature holds, with 77 where the library dkimpy is not installed."""

import sys

try:
    import dkim
except ImportError:
    sys.exit(77)

mail, key = sys.argv[1:3]
record = b"v=DKIM1; k=rsa; p=" + key.encode()
with open(mail, "rb") as file:
    holds = dkim.verify(file.read(), dnsfunc=lambda name, timeout=5: record)
sys.exit(0 if holds else 1)
