"""A mail server of aiosmtpd: `mail_server.py PORT`. It refuses addresses with `gone` in them, prints each mail that it takes as a line of JSON,
and for each line of JSON that it reads, a mail that it took and could not deliver, the notification that it sends back (RFC 3464). Ends with 77
where the library is not installed."""

import json
import sys
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import Parser

try:
    from aiosmtpd.controller import Controller
except ImportError:
    sys.exit(77)


def say(told):
    print(json.dumps(told), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if "gone" in address:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        say({"to": envelope.rcpt_tos, "mail": envelope.content.decode()})
        return "250 OK"


def notification(mail):
    """What a server says of a mail that it took and that came back for good."""
    sent = Parser().parsestr(mail)
    report = MIMEMultipart("report", **{"report-type": "delivery-status"})
    report["From"] = "MAILER-DAEMON@mx.example"
    report["To"] = sent["From"]
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Message-ID"] = "<77@mx.example>"
    report.attach(MIMEText("This is the mail system. Your message could not be delivered.\n"))
    status = Message()
    status["Content-Type"] = "message/delivery-status"
    of_mail = Message()
    of_mail["Reporting-MTA"] = "dns; mx.example"
    of_reader = Message()
    of_reader["Final-Recipient"] = "rfc822; " + sent["To"]
    of_reader["Action"] = "failed"
    of_reader["Status"] = "5.1.1"
    of_reader["Diagnostic-Code"] = "smtp; 550 5.1.1 mailbox was closed"
    status.set_payload([of_mail, of_reader])
    report.attach(status)
    returned = Message()
    returned["Content-Type"] = "text/rfc822-headers"
    returned.set_payload("\n".join(f"{name}: {value}" for name, value in sent.items()) + "\n")
    report.attach(returned)
    return report.as_string()


controller = Controller(Handler(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
say({"listens": True})
for line in sys.stdin:
    say({"bounce": notification(json.loads(line)["mail"])})
controller.stop()
