"""Mails made to exhaust a parser, each with the id of its threat: octets by name."""


def _mail(header: bytes, body: bytes = b"x") -> bytes:
    return b"From: a@one.example\r\nTo: x@relay.example\r\n" + header + b"\r\n" + body


def _html(body: bytes) -> bytes:
    return _mail(b"Content-Type: text/html\r\n", body)


_MIXED_HEAD = b"Content-Type: multipart/mixed; boundary=b\r\n"
_MIXED = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
HOSTILE = {
    "T60 multiparts": _mail(b"".join(_MIXED % (n, n) for n in range(10_000))),
    "T60 one boundary": _mail(_MIXED_HEAD, (b"--b\r\n" + _MIXED_HEAD + b"\r\n") * 20_000),
    "T60 mails in mails": _mail(b"Content-Type: message/rfc822\r\n\r\n" * 10_000),
    "T61 parts": _mail(b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n\r\nx\r\n" * 100_000),
    "T61 fields": _mail(b"X: y\r\n" * 100_000),
    "T61 big field": _mail(b"X: " + b"y" * 1_000_000 + b"\r\n"),
    "T61 folds": _mail(b"X:" + b"\r\n y" * 100_000 + b"\r\n"),
    "T61 blank folds": _mail(b"X:" + b"\r\n " * 20_000 + b"\r\n"),
    "T61 addresses": _mail(b"Cc: " + b"a@b.example, " * 10_000 + b"\r\n"),
    "T36 parentheses": _mail(b"Cc: " + b"(" * 30_000 + b"\r\n"),
    "T36 quotes": _mail(b"Cc: " + b'"\\' * 15_000 + b"\r\n"),
    "T36 names": _mail(b"Cc: " + b"a " * 30_000 + b"\r\n"),
    "T62 words": _mail(b"Subject: " + b"=?utf-8?Q?a?= " * 4_000 + b"\r\n"),
    "T62 half words": _mail(b"Subject: " + b"=?utf-8?Q?" * 6_000 + b"\r\n"),
    "T62 parameters": _mail(b"Content-Type: text/plain;" + b" a*1=b;" * 9_000 + b"\r\n"),
    "T62 semicolons": _mail(b"Content-Type: text/plain; " + b";" * 60_000 + b"\r\n"),
    "T62 blanks": _mail(b"Content-Type: text/plain; a" + b" " * 60_000 + b"\r\n"),
    "T62 index": _mail(b"Content-Disposition: attachment; filename*999999999=x; filename*0=y\r\nContent-Type: a/b\r\n"),
    "T64 boundary like text": _mail(b"Content-Type: multipart/mixed; boundary=-\r\n", b"-" * 2_000_000),
    "T68 tags": _html(b"<div>" * 200_000),
    "T68 formatting": _html(b"<font size=1>" * 450),
    "T68 mixed tags": _html(b"<b></i>" * 100_000),
    "T68 tables": _html(b"<table><tr><td>" * 30_000),
    "T68 attribute": _html(b'<p title="' + b"x" * 990_000 + b'">'),
    "T68 attributes": _html(b"<p " + b"a=b " * 100_000 + b">"),
    "T68 entities": _html(b"&amp;" * 190_000),
    "T68 blanks": _html(b"<blockquote>" + b"&nbsp;" * 100_000 + b"</blockquote>"),
    "T68 blanks in text": _html(b"<p>" + b"x&nbsp; " * 60_000 + b"</p>"),
    "T68 quotes": _html(b"<blockquote type=cite>x</blockquote>" * 20_000),
    "T68 open angle": _html(b"<" * 500_000),
    "T68 images": _html(b'<img src="http://x.example/p.gif">' * 20_000),
    "T53 signs": _mail(b"", b"a@ " * 300_000),
    "T53 spelled": _mail(b"", b"( at ) [dot] " * 50_000),
    "T53 blanks": _mail(b"", b" " * 1_000_000 + b"@"),
    "T53 percent": _mail(b"", b"%40" * 300_000),
    "T53 runs": _mail(b"", b"QUJD" * 300_000),
    "quotes": _mail(b"", b">\r\n" * 200_000),
    "attributions": _mail(b"", b"On x wrote:\r\n" * 50_000),
    "long attribution": _mail(b"", b"On " + b"x " * 500_000 + b"wrote:\r\n> q"),
    "header blocks": _mail(b"", b"From: x\r\n" * 50_000),
    "newlines": _mail(b"", b"\r\n" * 500_000),
    "underscores": _mail(b"", (b"_" * 40 + b"\r\n") * 20_000),
    "flowed": _mail(b"Content-Type: text/plain; format=flowed\r\n", b"> x \r\n" * 100_000),
    "uuencode": _mail(b"Content-Transfer-Encoding: x-uuencode\r\n", b"begin 644 x\r\n" + b"#86)C\r\n" * 100_000),
    "PGP": _mail(b"", b"-----BEGIN PGP SIGNATURE-----\r\n" * 30_000),
    "no line end": _mail(b"", b"x" * 3_000_000),
    "NUL": _mail(b"", b"\x00" * 1_000_000),
    "UTF-16": _mail(b"Content-Type: text/plain; charset=utf-16\r\n", b"\xd8\x00" * 500_000),
    "message ids": _mail(b"References: " + b"<a@b" * 15_000 + b"\r\n"),
    "received": _mail((b"Received: from " + b"a." * 500 + b" by x\r\n") * 200),
}
