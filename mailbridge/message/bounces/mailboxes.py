"""How servers say that a mailbox, an address or a host is not there, full, closed, or too small for this mail."""

from mailbridge.domain.classification import FailureReason as Why
from mailbridge.message.bounces.row import row

NOT_IN_DIRECTORY = row(
    Why.USER_UNKNOWN,
    (1, 1),
    said="""
    recipient address rejected: access denied | resolver.adr.recipnotfound | resolver.adr.recipientnotfound
    """,
)

SUPPRESSED = row(
    Why.SUPPRESSED,
    (1, 1),
    said="""
    suppression list | suppressed recipient | recipient * is suppressed | address is suppressed
    not delivering to previously bounced address | not delivering to a user who marked your messages as spam
    not delivering to unsubscribed recipient | previously bounced or complained | inactive recipients
    hard bounced address
    """,
)

MAILBOX_FULL = row(
    Why.MAILBOX_FULL,
    (2, 2),
    is_transient=True,
    said="""
    mailbox full | mailbox is full | mailbox exceeds allowed size | mailbox has exceeded | mailbox size limit
    mailbox quota | mail box full | mail box is full | mail box space not enough
    mail file size exceeds the maximum size | maildir over quota | maildir delivery failed: user
    maildir delivery failed: domaindisk quota | mail quota exceeded | mailfolder is full | mail folder is full
    full mailbox | inbox is full | inbox full | inbox is out of storage | account is full | account full
    account is overquota | account is over quota | account is exceeding their quota | account has exceeded
    account is temporarily over quota | over quota | overquota | over-quota | over disk quota
    over the allowed quota | over the maximum allowed | over its quota | out of storage space | is out of disk space
    quota exceeded | quota has been exceeded | quota is exceeded | quota full | quota violation
    quota usage exceeded | quota_exceeded | quotaexceeded | exceeded quota | exceeded storage allocation
    exceeded the space quota | exceeded disk quota | exceed the quota | exceeds quota | exceeding quota
    exceeds the quota | exceeded his * quota | exceeded their * quota | exceeded its * quota | exceeded the quota
    exceeded its storage | disk space limit | exceeded * disk space
    disk quota | disk full | not enough storage space | not enough space * mailbox
    does not have enough space | does not have enough storage | insufficient disk space for user
    no space left * mailbox | storage limit | storage quota | storage space * exceeded | storagequotaexceeded
    space limit exceeded | too many messages in mailbox | too many messages on this mailbox | too much mail data
    user is over quota | user has too many messages on the server | user has exhausted allowed storage space
    user mailbox exceeds allowed size | user's disk quota | recipient is over quota
    recipient * is over their quota | recipient reached disk quota | recipient rejected: mailbox would exceed
    recipient storage full | mailbox would exceed | would be over the allowed quota | would exceed the quota
    would exceed quota | would exceed mailbox quota | delivery failed: over quota | exceeds allowed message count
    message would exceed * mailbox | the incoming mailbox for user * is full | boite du destinataire pleine
    boîte aux lettres pleine | boîte de réception pleine | boite aux lettres * pleine
    espacio en casilla de mail agotado | buzón * lleno | buzon * lleno | buzón está lleno | casilla * llena
    caixa postal cheia | caixa postal lotada | caixa de correio cheia | caixa * excedeu | casella * piena
    casella * di posta piena | casella postale piena | spazio esaurito | quota esaurita | postfach * voll
    postfach ist voll | mailbox ist voll | speicherplatz * überschritten | speicherplatz * erschöpft
    quota * überschritten | skrzynka * przepełniona | skrzynka * pełna | skrzynka * jest pełna
    skrzynka * zapełniona | przekroczony limit * skrzynki | przekroczył limit | brak miejsca w skrzynce
    brak miejsca na koncie | postvak * vol | mailbox van * is vol | переполнен | ящик * полон | 邮箱空间已满 | 邮箱已满
    邮箱容量已满
     信箱已满 | 空间不足 | 容量不足 | 郵箱已滿 | メールボックスが一杯 | メールボックスがいっぱい | メールボックスの容量
     受信容量 | 容量を超え | 편지함
    mailbox for user is full | recipient mailbox full | box is full
    """,
)

HAS_MOVED = row(
    Why.HAS_MOVED,
    (1, 6),
    said="""
    has moved | has been moved | no longer at this address | address has changed | address changed
    has changed * address | new address is | please try < | user not local; please try | user not local please try
    user has moved | replaced by | has been replaced | destination mailbox has moved | hat eine neue adresse
    ha cambiato indirizzo | zmienił adres
    """,
)

SUSPENDED = row(
    Why.SUSPENDED,
    (2, 1),
    said="""
    mailbox disabled | mailbox is disabled | mailbox is inactive | mailbox inactive | mailbox is frozen
    mailbox frozen | mailbox temporarily disabled | mailbox temporary disabled | mailbox currently suspended
    mailbox * suspended | mailbox is blocked | mailbox blocked | mailbox is locked | mailbox locked
    mailbox * closed | disabled mailbox | account disabled | account is disabled | account has been disabled
    account is deactivated | account deactivated | account has been deactivated | account * inactive
    account inactive | account is inactive | account not active | account suspended | account has been suspended
    account is suspended | account is temporarily suspended | account * temporarily | account is locked
    account locked | account has been locked | account * blocked | account expired | account has expired
    account closed due to inactivity | account that you tried to reach is disabled
    account that you tried to reach is inactive | inactive account | inactive user | inactive mailbox
    disabled due to inactivity | due to inactivity | user suspended | user is suspended | user is inactive
    user inactive | user account is disabled | user disabled | user is disabled | user is locked | user locked
    user not active | user * temporarily | recipient suspend | recipient is inactive | recipient * disabled
    recipient is no longer * active | recipient is not active | is currently suspended | is a deactivated mailbox
    is a disabled mailbox | has been suspended | is deactivated | email account * suspended
    email account has been disabled | domain * suspended | service * suspended | invalid/inactive user
    not a known/active user | not been collected after | not been used for | boite du destinataire archivee
    konto * zablokowane | konto * nieaktywne | skrzynka * zablokowana | postfach * gesperrt | postfach * deaktiviert
    casella * disabilitata | casella * sospesa | casella * disattivata | mail for * not allowed | 停用 | 冻结 | 禁用
    禁止収信 | por falta de uso | por inactividad | inactivité
    """,
)

TOO_BIG = row(
    Why.TOO_BIG,
    (3, 4),
    said="""
    message too big | message too large | message is too big | message is too large | message * too large
    message * too big | mail is too big | mail is too large | mail too large | too large message
    message size exceeds | message size * exceed | message size limit | message exceeds | message larger than
    message was too large | maximum message size | maximum allowed size | max message size | message file too big
    message length exceeds | exceeds administrative limit | exceeds the maximum size | exceeds * message size
    exceeds the size limit | exceeds size limit | exceeds fixed | exceeded maximum inbound message size | size limit
    size exceed | line limit exceeded | data size exceeded | header size exceeded | headers size exceeded
    nachricht * zu groß | messaggio * troppo grande | dimensione * massima | wiadomość * zbyt duża
    wiadomość jest za duża | maksymaln* rozmiar | サイズ | 大小超过 | 邮件过大
    """,
)

HOST_UNKNOWN = row(
    Why.HOST_UNKNOWN,
    (1, 2),
    said="""
    host unknown | unknown host | unknown or invalid host | invalid host | host not found | host * not found
    host does not exist | no such host | no such domain | non-existent domain | nonexistent domain
    non-existent hosts | domain does not exist | domain * does not exist | domain doesn't exist
    domain is not reachable | domain must exist | domain not found | domain * not found | domain name not found
    domain unknown | domain is not valid | domain is invalid | domain * couldn't be found
    domain * could not be found | domain was not found | unknown domain | invalid domain | bad destination system
    bad domain | mailsystemsubscription | name or service not known | name service error | dns error
    dns lookup failure: nxdomain | nxdomain | dns server returned answer with no data | unrouteable mail domain
    unrouteable domain | unroutable domain | all relevant mx records point to non-existent hosts
    mx records point to non-existent | no mx | recipient domain must
    recipient address rejected: domain | couldn't find any host | could not find a gateway | could not find host
    cannot find host | can't find host | could not resolve | address not found: domain
    server for the domain could not be found | this domain is not hosted here
    delivery to the domain * not possible | domain nicht gefunden | unbekannte domain | dominio inesistente
    dominio sconosciuto | nieznana domena | domena nie istnieje | 域名不存在 | 找不到主机
    """,
)

UNROUTABLE = row(
    Why.HOST_UNKNOWN,
    (4, 4),
    said="""
    unrouteable address | unroutable address | no route to domain | loops back to myself * no mx
    """,
)

NOT_ACCEPT = row(
    Why.NOT_ACCEPT,
    (3, 2),
    said="""
    does not accept mail | does not accept email | does not accept any mail | doesn't accept mail | nullmx | null mx
    smtp protocol returned a permanent error | no smtp service here | not accepting mail
    host/domain does not accept mail | name server: .: host not found | this host does not receive mail
    accepts no mail | mail receiving disabled | system not accepting
    """,
)

USER_UNKNOWN = row(
    Why.USER_UNKNOWN,
    (1, 1),
    said="""
    user unknown | unknown user | unknown recipient | unknown local part | unknown local-part | unknown account
    unknown address | unknown mailbox | unknown or illegal | unknown or invalid | user * unknown | user not found
    user * not found | user not known | user * not known | user not exist | user does not exist | user doesn't exist
    user doesnt exist | user * does not exist | user * doesn't exist | user is unknown | user missing
    user invalid | user unkown | user (* unknown | user * not listed in | user * was not found | user * no longer
    user no longer | user is no longer | user doesn't have a | user is not registered | user * not local
    user's email address is not | username * not found | users not found | no such user | no such address
    no such account | no such mailbox | no such recipient | no such email | no such local user | no such person
    no such name | no such id | no such mail | no mailbox | no valid recipient | no valid cert
    no thank you rejected: account unavailable | no matches found | no one here | no local mailbox
    there is no user | there is no one | there is no account | there is no such | there was no such
    not a valid recipient | not a valid user | not a valid mailbox | not a valid address | not a valid account
    not a known user | not a local user | not a user | not a registered | not an active | not in my validrcptto
    not exist on this system | not exist here | not found in table | not valid user | not known at this site
    not known here | not match an | not exactly match | isn't a known user | is wrong or no longer
    is no longer valid | is no longer available | is no longer in use | is no longer used | is no longer active
    is no longer on our | no longer valid | no longer exist | no longer in service | no longer works
    no longer an employee | mailbox not found | mailbox * not found | mailbox does not exist | mailbox doesn't exist
    mailbox * does not exist | mailbox * doesn't exist | mailbox unknown | mailbox nonexistent | mailbox not exist
    mailbox invalid | invalid mailbox | invalid recipient | invalid address | invalid user | invalid email
    invalid e-mail | invalid account | invalid local part | invalid localpart | invalid userid | illegal user
    bad destination mailbox | bad destination email | bad address | bad recipient | bad mailbox | bad user
    non-existent user | nonexistent user | nonexistent address | non-existent address | non-existing
    address unknown | address * unknown | address not found | address does not exist | address doesn't exist
    address * does not exist | address * doesn't exist | address * not exist | address couldn't be found
    address could not be found | address * couldn't be found | address * no longer | address is not present
    address invalid | address is incorrect | address * not known | address wasn't found | address is not valid
    account unknown | account not found | account does not exist | account doesn't exist | account * does not exist
    account * doesn't exist | account that you tried to reach does not exist | account deleted
    account has been deleted | account is invalid | account closed | account is closed | account has been closed
    account * not exist | account cannot be found | recipient unknown | recipient not found | recipient * not found
    recipientnotfound | recipient does not exist | recipient * does not exist | recipient doesn't exist
    recipient no longer | recipient not known | recipient * unknown | recipient invalid | recipient not recogni
    recipient name is not recognized | recipient not exist | recipient * was not found | recipient is unknown
    recipient not valid | recipient undeliverable | recipient's email * not found | recipient * not verified
    recipients not found | email address does not exist | email address not found | email address * not found
    email address you entered couldn't be found | email name is not found | e-mail address * not exist
    e-mail address * does not exist | cannot find * mailbox | can't find * mailbox | cannot find your addressee
    undeliverable address | unable to find recipient | unable to find user | unable to verify user
    delivery error: dd * user doesn't have | resolver.adr | dosn't exist | local delivery failed: unknown
    never logged in | user account is unavailable | can't accept user | vdeliver: invalid | sorry, no mailbox
    address * wrong | destination addresses were unknown | destinataire inconnu | utilisateur inconnu
    adresse inconnue | adresse * n'existe pas | adresse d au moins un destinataire invalide | compte * n'existe pas
    boîte aux lettres * inexistante | usuario desconocido | usuario no existe | cuenta * inexistente
    usuário inexistente | usuario inexistente | usuário desconhecido | conta * não existe
    destinatário desconhecido | não existe | utente sconosciuto | utente non trovato | utente inesistente
    destinatario sconosciuto | destinatario inesistente | destinatario non valido | casella inesistente
    casella * inesistente | indirizzo inesistente | indirizzo non valido | indirizzo * non esiste
    empfänger unbekannt | empfänger * unbekannt | unbekannter empfänger | unbekannter benutzer | benutzer unbekannt
    benutzer * unbekannt | benutzer existiert nicht | adresse * existiert nicht | adresse existiert nicht
    adresse unbekannt | konto existiert nicht | postfach existiert nicht | postfach * existiert nicht
    existiert nicht | nie istnieje | nieznany użytkownik | nieznany odbiorca | nieznany adres | użytkownik nieznany
    niepoprawny adres | nieprawidłowy adres | brak takiego użytkownika | brak takiej skrzynki
    onbekende gebruiker | gebruiker onbekend | bestaat niet | okänd användare | не существует | нет такого
    не найден | 不存在 | 用户不存在 | 无此用户 | 查无此人 | 存在しません | 見つかりません | 宛先不明 | 존재하지
    """,
)

LIKELY_USER_UNKNOWN = row(
    Why.USER_UNKNOWN,
    (1, 1),
    said="""
    user rejected | user unavailable | user reject | no user | no account | no recipient | not our customer
    not listed in | is not valid | is not known | is not a | is invalid | no longer with | has left
    mailbox unavailable | mailbox not available | mailbox is unavailable | mailbox name not allowed | mailbox is not
    address rejected | address error | account is unavailable | account unavailable | account not available
    account is not | recipient is not | recipient address rejected | recipient rejected | does not exist
    doesn't exist | doesnt exist | could not be found | does not appear to be | does not like recipient
    was not found | deleted | child status 100 | rcpt to * rejected | no existe | nao existe | non esiste
    nicht gefunden | nicht bekannt | nie ma takiego | nie ma takiej | nie znaleziono | недоступен | 無此 | 找不到 | 不明
    """,
)

EXCEEDS_LIMIT = row(
    Why.EXCEEDS_LIMIT,
    (2, 3),
    said="""
    message length limit | exceeds the recipient's | larger than * recipient | message length
    """,
)
