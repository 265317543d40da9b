"""How mail programs and people write in Chinese: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="zh",
    wrote=words("写道|寫道|写到|的邮件|来信|於"),
    opens=words("在|于|於|on |at "),
    days=words(
        "星期一|星期二|星期三|星期四|星期五|星期六|星期日|週一|週二|週三|週四|週五|週六|週日|周一|周二|周三|"
        "周四|周五|周六|周日"
    ),
    months=words("1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月"),
    from_=words("发件人|寄件者|寄件人|發件人|发信人"),
    sent=words("发送时间|发送日期|日期|时间|寄件日期|傳送時間|傳送日期|發送時間|寄件時間|已发送|發送日期"),
    to=words("收件人|收件者|收信人"),
    copy=words("抄送|副本|密送|密件抄送|密件副本"),
    subject=words("主题|主旨|主題|标题"),
    other=words("回复|答复|重要性|附件|回覆至"),
    original=words(
        "原始邮件|原始郵件|转发邮件|轉寄郵件|邮件原件|轉寄的郵件|转发的邮件|已转发邮件|原始消息|original|"
        "回复的原邮件|轉寄郵件訊息|原始信息|原邮件"
    ),
    forwarded=words("开始转发的邮件|已轉寄郵件|以下是转发的邮件|开始转发|转发的邮件信息"),
    device=words(
        "从我的 iphone|从我的iphone|发自我的|發自我的|从我的|從我的|传送自|傳送自|发送自|發送自|来自|"
        "获取 outlook|获取outlook|取得 outlook|从 windows|"
        "從 windows|从 yahoo"
    ),
    closings=words("顺颂商祺|谢谢|謝謝|此致|祝好|顺祝商祺|敬礼|敬上|祝商祺|多谢|感谢|此致敬礼|順頌商祺|祝順心"),
)
