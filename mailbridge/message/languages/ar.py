"""How mail programs and people write in Arabic: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="ar",
    wrote=words("كتب|كتبت|تمت كتابة ما يلي بواسطة|كتب ما يلي"),
    opens=words("في |بتاريخ |on "),
    days=words("الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد"),
    months=words("يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"),
    from_=words("من|المرسل"),
    sent=words("تم الإرسال|أرسل|التاريخ|تاريخ الإرسال|أُرسلت"),
    to=words("إلى|المستلم"),
    copy=words("نسخة|نسخة إلى|نسخة مخفية"),
    subject=words("الموضوع|موضوع"),
    other=words("الرد على|الأهمية|المرفقات"),
    original=words("الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|الرسالة المعاد توجيهها"),
    forwarded=words("رسالة معاد توجيهها|الرسالة المعاد توجيهها|بداية الرسالة المعاد توجيهها"),
    device=words("أرسلت من|أُرسلت من|تم الإرسال من|مرسل من|الحصول على outlook|احصل على outlook"),
    closings=words(
        "شكرا|شكرًا|شكراً|شكرا لك|شكرا لكم|شكرا جزيلا|مع التحية|تحياتي|مع تحياتي|مع أطيب التحيات|"
        "أطيب التحيات|وشكرا|مع الشكر"
    ),
)
