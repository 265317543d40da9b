"""Domains of mail providers that anybody may have a mailbox at: naming one betrays nobody.

A short list of the largest, for `Secrets.domains` only: an address at such a domain stays a secret, the bare domain is
none. A provider that is missing here costs a needless hold by the gate, never a leak.
"""

PUBLIC_DOMAINS = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.de outlook.it outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.it
    hotmail.fr live.com live.co.uk live.de live.it msn.com yahoo.com yahoo.co.uk yahoo.de yahoo.it yahoo.fr yahoo.es
    ymail.com aol.com aol.de icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io
    gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de mail.de posteo.de mailbox.org online.de
    wp.pl o2.pl onet.pl onet.eu op.pl poczta.onet.pl interia.pl interia.eu poczta.fm gazeta.pl tlen.pl vp.pl autograf.pl
    libero.it virgilio.it alice.it tin.it tim.it tiscali.it fastwebnet.it email.it inwind.it iol.it aruba.it pec.it
    orange.fr wanadoo.fr free.fr sfr.fr laposte.net bbox.fr neuf.fr btinternet.com sky.com talktalk.net virginmedia.com
    ntlworld.com comcast.net verizon.net att.net sbcglobal.net cox.net charter.net bellsouth.net fastmail.com fastmail.fm
    zoho.com mail.com email.com mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru seznam.cz centrum.cz email.cz azet.sk
    zoznam.sk freemail.hu citromail.hu ziggo.nl kpnmail.nl planet.nl hetnet.nl telenet.be skynet.be bluewin.ch telia.com
    qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net rediffmail.com
    """.split()
)
