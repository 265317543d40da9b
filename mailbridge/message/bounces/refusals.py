"""How servers say that they refuse a mail for what it is, who sends it, or where it comes from."""

from mailbridge.domain.classification import FailureReason as Why
from mailbridge.message.bounces.row import row

VIRUS = row(
    Why.VIRUS,
    (7, 1),
    said="""
    malware | trojan | dangerous attachment | dangerous content | disallowed attachment | blocked attachment
    attachment * not allowed | executable attachment | banned * attachment
    because its content presents a potential security issue | security policies on messages with suspicious
    malicious | virus detected | virus found | virus infected | contains a virus | contained a virus
    contains virus | was infected | is infected | infected with | infected by | infected message | infected file
    infected attachment | virus in | virus: | virus was | viruses | a virus | for virus | virus-infected | virus (
    carrying a virus | possible virus | the virus | message contains a worm | worm found | with virus
    """,
)

AUTHENTICATION = row(
    Why.AUTHENTICATION,
    (7, 26),
    said="""
    dmarc | dkim | spf check | spf fail | spf: fail | spf validation | spf hard | spf softfail | spf unauthorized
    spf lookup | fails spf | failed spf | spf rule | spf record | spf:  | spf (sender policy framework)
    sender policy framework | openspf | domain's policy * authentic | unauthenticated email | unauthenticated mail
    email is unauthenticated | sender is unauthenticated | unauthenticated sender
    is not authorized to send mail on behalf | not authorized to send from this domain | not authorized to use '
    did not pass authentication | does not pass authentication | authentication checks | sender id (pra)
    sender domain's policy
    """,
)

REQUIRES_PTR = row(
    Why.REQUIRES_PTR,
    (7, 25),
    said="""
    reverse dns | ptr record | no ptr | ptr lookup | reverse hostname | reverse lookup | reverse ip lookup
    cannot find your reverse | cannot find your hostname | cannot resolve your address | unresolvable relay host
    fix reverse | invalid reverse | no matches to nameserver query | client host rejected: cannot find
    dynamic/generic hostname | all mail servers must have a ptr | ip address * does not have a ptr | without rdns
    no resolvable ptr | need a resolvable | your server requires confirmation | no rdns | rdns lookup | missing rdns
    invalid rdns | bad rdns | generic rdns
    """,
)

SPAM = row(
    Why.SPAM,
    (7, 1),
    said="""
    as spam | is spam | spam message | spam detected | spam mail | spam email | spam content | spam-like | spam like
    bulk spam | probability of spam | spam probability | due to spam
    spam score | spam filter | spam rejected | spam not accepted | spam reject | spam rule | spam threshold
    spam signature | spam pattern | spam found | spam refused | spam firewall | spamassassin | spamfilter | spam:
    anti-spam | antispam | probable spam | possible spam | possibly spam | suspected spam | suspicious of spam
    likely spam | likely unsolicited | identified spam | considered spam | considered to be spam | this is spam
    looks like spam | looked like spam | appears to be spam | seems to be spam | detected as spam
    classified as spam | unsolicited | message content rejected | message content * rejected | content rejected
    content filter | blocked by * spam | bulk email filter | bulk mail filter | rejected by our content
    rejected due to content | refused due to content | refused by the content | high spam | high on spam | junk mail
    junk email | junkmail | phishing | ube, id= | dspam | rspamd | cloudmark | bogofilter | no spam here
    advertis* mail | message * looks suspicious | suspicious content | suspicious message | rejected by filter
    mail content denied | mail content * denied | spammy | domain has spam | url * blacklist | url * listed
    uri * black | surbl | uribl | spamverdacht | als spam | come spam | jako spam | comme spam | como spam | 垃圾邮件
    スパム | 迷惑メール
    """,
)

BAD_REPUTATION = row(
    Why.BAD_REPUTATION,
    (7, 1),
    said="""
    reputation | senderscore | sender score | low reputation | poor reputation
    """,
)

BLOCKED = row(
    Why.BLOCKED,
    (7, 1),
    said="""
    blacklist | black list | black-list | blocklist | block list | blocklisted | blocked using | blocked by
    is blocked | been blocked | blocked for | blocked due | blocked because | blocked - see | blocked. visit
    blocked, see | blocked; see | dnsbl | spamhaus | spamcop | barracudacentral | sorbs | proofpoint dynamic
    access from ip address * blocked | access denied. ip | ip address * blocked | ip * blocked
    ip address is not allowed | ip address is listed | ip * is listed | banned sending ip | banned ip
    client host * blocked | client host rejected | client host refused | client host not | client * blocked
    connection refused by policy | connection rejected | connections from * refused | connections not accepted from
    connections from this ip | connections from your | connections will not be accepted from
    connection dropped due to | dynamic ip | dynamic pool | dynamic address | dialup | dial-up | residential ip
    hosts are not allowed | mail from your ip | mail from ip | messages from * weren't sent
    messages from * temporarily deferred | messages from your | message refused from | not accepting mail from your
    part of their network is on our block | refused mail from your | rejected because the sending mta
    rejecting ip | sender ip | sending ip | sending mta | server access * forbidden | server access forbidden
    service refused | temporarily blocked | temporary blocked | your mail server | your email server
    helo command rejected | helo rejected | access denied | not allowed to connect
    unsolicited mail originating from your ip | exploited host | bot network | open proxy
    gehört zu einer schwarzen liste | nie jest uprawniony | we do not accept mail from
    we do not accept messages from | you are not allowed to send | mta's poor reputation | mail server ip
    host is not allowed | unable to receive mail from | is listed in | is listed on | is listed at | ip listed in
    ip is listed | currently listed | listed by | your ip * | bad ip | bad host | ip address * rejected
    your host * rejected | your server * blacklist | your network is | rbl restriction | rbl: | listed in bl
    """,
)

NO_RELAYING = row(
    Why.NO_RELAYING,
    (7, 1),
    said="""
    relay access denied | relay denied | relaying denied | relaying not allowed | relay not permitted
    relaying not permitted | relay not allowed | relay prohibited | relaying prohibited | relaying is prohibited
    unable to relay | not allowed to relay | not permitted to relay | no relaying | we do not relay | we don't relay
    cannot relay | relaying mail to | insecure mail relay | mail relay denied | relaying forbidden | rcpthosts
    not local host | not a gateway | no relay | must authenticate before | is not in my list of allowed
    relaying temporarily denied | that domain isn't in my list | this system is not configured to relay
    send to a non-local e-mail address | specified domain is not allowed
    """,
)

TLS = row(
    Why.TLS,
    (7, 10),
    said="""
    starttls | tls is required | tls required | tls handshake | tls negotiation | tls session | ssl handshake
    cannot start tls | certificate | must issue a | encryption required
    """,
)

NOT_COMPLIANT = row(
    Why.NOT_COMPLIANT,
    (5, 0),
    said="""
    rfc 5322 | rfc5322 | rfc 5321 | rfc 2822 | rfc2822 | rfc 822 | rfc compliant | rfc-compliant | rfc compliance
    bare lf | bare linefeed | duplicate header | multiple from header | missing * header | missing required header
    message-id header | missing message-id | no from header | no date header | invalid header | header * malformed
    malformed header | does not conform
    """,
)

SECURITY = row(
    Why.SECURITY,
    (7, 0),
    said="""
    authentication required | authentication failed | authentication turned on | authentication credentials invalid
    authentication is required | authentication failure | not authenticated | auth failure | smtp auth
    requires authentication | need to authenticate | must be authenticated | login failed
    you are not authorized to send mail, authentication is required
    """,
)

REJECTED = row(
    Why.REJECTED,
    (1, 8),
    said="""
    sender rejected | sender denied | sender refused | sender not | sender address rejected
    sender address * rejected | sender verify failed | sender verification failed | sender domain | sender is not
    sender is blocked | sender blocked | sender has been | sender unknown | sender invalid | sender email address
    senders must | verify sender | verify the sender | unable to verify sender | could not verify sender
    callback verification | callout verification | invalid sender | unknown sender | bad sender | return path
    return-path | reverse-path | mail from: rejected | mail from command | mailfrom | from address | from: address
    envelope from | bounce address | null sender | null reverse | backscatter | empty envelope sender
    domain of sender | domain name of sender | does not accept bounces | denied [bouncedeny]
    you are not allowed to post | address family mismatch | no mail accepted from | not accepted from
    on this user's block list | only accepts * from | not authorized to send to | only authenticated * can send
    recipient has not authorized | sender not allowed | sendernotauthenticated | restricted from sending
    """,
)

POLICY = row(
    Why.POLICY,
    (7, 1),
    said="""
    policy | policies | administrative prohibition | administratively | prohibited by admin | not permitted
    not accept attachments | not allowed | not authorized | delivery not authorized
    you have exceeded the maximum number of recipients | too many recipients | local restriction
    message rejected for | message rejected due to | prohibited | rejected for policy | security rule
    delivery restrictions | closed mailing list | protocol violation | disallowed | forbidden | permission
    """,
)

FILTERED = row(
    Why.FILTERED,
    (7, 1),
    said="""
    because the recipient is not accepting | not accepting mail from | not accepting messages | not accept mail
    due to extended inactivity | has been rejected by the recipient | rejected by recipient
    rejected by the recipient | recipient has rejected | recipient refused | refused by recipient | user refuses
    user has declined | blocked sender | does not want | we filter | sieve | mail filter | refused by mailfilter
    automatically rejected | was rejected by user | challenge | whitelist
    """,
)
