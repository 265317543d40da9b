"""How mail programs and people write in Hebrew: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="he",
    wrote=words("כתב|כתבה|כתב/ה|כתבו"),
    opens=words("בתאריך |ב-|ביום |on "),
    days=words("יום ראשון|יום שני|יום שלישי|יום רביעי|יום חמישי|יום שישי|שבת|יום"),
    months=words("ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר"),
    from_=words("מאת|שולח|מ"),
    sent=words("נשלח|תאריך|נשלח ב|נשלח בתאריך"),
    to=words("אל|נמען"),
    copy=words("עותק|העתק|עותק מוסתר"),
    subject=words("נושא|הנדון"),
    other=words("השב אל|עדיפות|קבצים מצורפים"),
    original=words("הודעה מקורית|הודעה שהועברה|ההודעה המקורית"),
    forwarded=words("הודעה שהועברה|תחילת ההודעה שהועברה"),
    device=words("נשלח מה-iphone|נשלח מה|נשלח מ|נשלח באמצעות|קבל את outlook|הורד את outlook"),
    closings=words("תודה|בברכה|בתודה|תודה רבה|תודה מראש|בתודה מראש|בכבוד רב|בברכה ובתודה|שבת שלום"),
)
