"""How servers say that something broke, is slow, or gave up: systems, networks, limits of pace, protocol."""

from mailbridge.domain.classification import FailureReason as Why
from mailbridge.message.bounces.row import row

GREYLISTED = row(
    Why.SYSTEM,
    (7, 1),
    is_transient=True,
    said="""
    greylist | graylist | grey listed | grey-listed | temporarily deferred due to first contact
    """,
)

TOO_FAST = row(
    Why.TOO_FAST,
    (7, 0),
    is_transient=True,
    said="""
    rate limit | rate-limit | ratelimit | rate limited | sending rate | message rate | rate exceeded | throttl
    too much traffic | too many emails | too many messages | too many mail | too quickly | too fast
    please try again slower | slow down | unusual rate | unusually high | receiving mail at a rate
    receiving mail too quickly | limit * per hour | mails per | messages per | max * per session
    exceeded the * sending | sent too many | sending limit | daily limit | hourly limit | user message rate
    deferred due to user complaints | unexpected volume
    """,
)

TOO_MANY_CONNECTIONS = row(
    Why.TOO_MANY_CONNECTIONS,
    (4, 5),
    is_transient=True,
    said="""
    too many connections | too many connection | too many concurrent | too many sessions | too many simultaneous
    too many smtp sessions | concurrent connection | concurrency limit | connection limit | connection rate limit
    connections per | maximum number of connections | number of connections | exceeds connection
    exceeded * connection | all available ips | server busy | too busy | domain has too many connections
    """,
)

EXPIRED = row(
    Why.EXPIRED,
    (4, 7),
    is_transient=True,
    said="""
    delivery time expired | message expired | retry timeout exceeded | retry time not reached | retry time exceeded
    in the queue too long | been in the queue | on the queue too long | could not be delivered for more than
    could not be delivered for | not been delivered to * after more than | undelivered after | undeliverable after
    still undelivered | delivery is delayed | i'm not going to try again | too old
    exceeded maximum delivery attempts | maximum delivery attempts | maximum number of delivery | max retries
    number of retries | maximum time | too long in queue | could not be sent for | could not send message for past
    could not be delivered within | was aborted after | unable to deliver * for | queue time | timed out * days
    has been failing for a long time | after numerous attempts | has expired | expired in queue | delivery expired
    expired after | queue expired | expire time
    """,
)

NETWORK = row(
    Why.NETWORK,
    (4, 1),
    is_transient=True,
    said="""
    connection timed out | connection timeout | connection refused | connection reset | connection lost
    connection dropped | connection was dropped | connection died | connection closed | connection failed
    connection to mail exchanger failed | connection attempts | connect failed | connect timed out | connect to
    could not connect | couldn't connect | cannot connect | can't connect | unable to connect | failed to connect
    failed to establish | not able to connect | able to establish an smtp connection | could not initiate smtp
    did not accept our requests to connect | no route to host | network is unreachable | network unreachable
    network error | network address | host is unreachable | host unreachable | host is down | host * not responding
    not responding | no response from | no answer from host | operation timed out | timed out | timeout | time out
    lost connection | broken pipe | bad connection | read error | server unavailable | servers for * unavailable
    temporarily unable to resolve | temporary lookup failure | temporary dns | temporarily unresolvable | dns lookup
    dns temporary failure | malformed or unexpected name server reply | lookup failure | hop count | too many hops
    routing loop | mail loop | mail forwarding loop | forwarding loop | loops back to myself | loops back to
    loop detected | looping | looks like a mail loop | unable to resolve route | unable to route | cannot resolve
    temporary server error | path * unreachable | keine verbindung | connessione | brak połączenia
    """,
)

SYSTEM_FULL = row(
    Why.SYSTEM_FULL,
    (3, 1),
    is_transient=True,
    said="""
    mail system full | insufficient system storage | insufficient storage | insufficient disk space
    no space left on device | requested mail action aborted: exceeded storage | out of disk space
    not enough disk space
    """,
)

SYNTAX = row(
    Why.SYNTAX,
    (5, 2),
    said="""
    syntax error | command unrecognized | command not recognized | unrecognized command | bad sequence of commands
    need rcpt | need mail command | unknown command | ehlo requires | invalid command
    improper use of smtp command pipelining | nested mail command
    """,
)

CONTENT = row(
    Why.CONTENT,
    (6, 0),
    said="""
    8bit | 8-bit | charset | mime error | improper mime | message header | header error | body type not supported
    unacceptable content | media not supported | smtputf8 | internationalized | invalid boundary | content not
    content type | content-type | content transfer | conversion required | conversion failed | multipart/
    """,
)

MAILER = row(
    Why.MAILER,
    (3, 0),
    said="""
    x-unix | procmail | command failed | command died | exit status | exit code | returned exit
    bad file descriptor | died with status | pipe to | | local mailer error | mailer error | can't create output
    can't open mailbox | cannot open mailbox | dspam:  | fatal error | child crashed | deferred local delivery
    smtpsend.
    """,
)

SYSTEM = row(
    Why.SYSTEM,
    (3, 0),
    said="""
    system error | local error | local configuration error | configuration error | internal error
    internal server error | internal software error | server error | server configuration | service unavailable
    service not available | service currently unavailable | service temporarily unavailable | system resources
    insufficient resources | insufficient system resources | resources restricted
    resources temporarily unavailable | temporary failure | temporary error | temporary local problem
    temporary problem | temporarily deferred | temporarily unavailable | temporarily rejected | try again later
    try later | unable to deliver | local problem | error in processing
    error processing | alias expansion | recursive forwarding | can't create user output file | deferred:
    queue file write error | administrator | ldap | mail system | permanent failure for one or more
    transaction failed | unexpected failure | requested action aborted | aborted | unknown error
    """,
)

LIKELY_EXPIRED = row(
    Why.EXPIRED,
    (4, 7),
    is_transient=True,
    said="""
    will be retried | will retry | has been delayed | is delayed | was delayed | delayed for | delayed * hours
    not yet been delivered | delivery deferred | delivery attempts | giving up | retry period | expired
    noch nicht zugestellt | verzögert | in ritardo | ritardat | non ancora consegnat | opóźnion
    nie została jeszcze | 重试
    """,
)
