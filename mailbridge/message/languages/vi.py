"""How mail programs and people write in Vietnamese: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="vi",
    wrote=words("đã viết|viết"),
    opens=words("vào |ngày |on "),
    days=words("thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|th"),
    months=words("tháng|thg"),
    from_=words("từ|người gửi"),
    sent=words("đã gửi|gửi|ngày|gửi lúc|thời gian"),
    to=words("đến|tới|người nhận"),
    copy=words("cc|đồng kính gửi"),
    subject=words("chủ đề|tiêu đề"),
    other=words("trả lời|tệp đính kèm|mức ưu tiên"),
    original=words("thư gốc|tin nhắn gốc|thư đã chuyển tiếp|tin nhắn đã chuyển tiếp"),
    forwarded=words("thư đã chuyển tiếp|tin nhắn đã chuyển tiếp|bắt đầu thư chuyển tiếp"),
    device=words("đã gửi từ|được gửi từ|gửi từ|tải outlook|lấy outlook"),
    closings=words("trân trọng|cảm ơn|xin cảm ơn|thân mến|thân|cám ơn|trân trọng cảm ơn|chân thành cảm ơn"),
)
