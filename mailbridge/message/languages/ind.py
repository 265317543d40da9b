"""How mail programs and people write in Indonesian and Malay: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="id",
    wrote=words("menulis"),
    opens=words("pada |on "),
    days=words("senin|selasa|rabu|kamis|jumat|sabtu|minggu|sen|sel|rab|kam|jum|sab|min|isnin"),
    months=words(
        "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|jan|feb|"
        "mar|apr|jun|jul|agu|sep|okt|nov|des"
    ),
    from_=words("dari|pengirim|daripada"),
    sent=words("dikirim|terkirim|tanggal|dihantar|tarikh"),
    to=words("kepada|ke|penerima"),
    copy=words("tembusan|cc|salinan"),
    subject=words("subjek|perihal|judul"),
    other=words("balas ke|lampiran|prioritas"),
    original=words("pesan asli|pesan awal|pesan terusan|mesej asal"),
    forwarded=words("pesan terusan|pesan yang diteruskan|mulai pesan terusan"),
    device=words("dikirim dari|dikirim dengan|dapatkan outlook|unduh outlook|dihantar dari|dihantar daripada"),
    closings=words(
        "terima kasih|terimakasih|salam|hormat saya|salam hormat|trims|makasih|terima kasih banyak|sekian terima kasih"
    ),
)
