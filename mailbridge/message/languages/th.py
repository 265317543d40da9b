"""How mail programs and people write in Thai: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="th",
    wrote=words("เขียนว่า|เขียน"),
    opens=words("ในวันที่ |เมื่อ |วันที่ |on "),
    days=words("วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์|วันอาทิตย์"),
    months=words("มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"),
    from_=words("จาก|ผู้ส่ง"),
    sent=words("ส่ง|ส่งเมื่อ|วันที่|วันที่ส่ง"),
    to=words("ถึง|ผู้รับ"),
    copy=words("สำเนา|สำเนาถึง|สำเนาลับ"),
    subject=words("หัวข้อ|เรื่อง|ชื่อเรื่อง"),
    other=words("ตอบกลับ|ความสำคัญ|สิ่งที่แนบมา"),
    original=words("ข้อความต้นฉบับ|ข้อความเดิม|ข้อความที่ส่งต่อ"),
    forwarded=words("ข้อความที่ส่งต่อ|เริ่มต้นข้อความที่ส่งต่อ"),
    device=words("ส่งจาก|รับ outlook|ดาวน์โหลด outlook"),
    closings=words("ขอบคุณ|ขอบคุณค่ะ|ขอบคุณครับ|ขอบคุณมาก|ขอแสดงความนับถือ|ด้วยความเคารพ"),
)
