# What we mail to people. Regulated wording carries its rule above it.

notice-greeting = Hello { $name },
notice-sign-off = { -utility }
notice-do-not-answer = This mailbox is not read. To reach us, call { $phone }.
notice-why = You get this message because you have an account with { -utility-short }.
