"""How mail programs and people write in English: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="en",
    wrote=words("wrote|said|writes|wrotes|has written"),
    opens=words("in a message dated |on |at |in reply to |in message |in article |quoting "),
    days=words("monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"),
    months=words(
        "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|"
        "jun|jul|aug|sep|sept|oct|nov|dec"
    ),
    from_=words("from|sender|on behalf of"),
    sent=words("sent|date|sent on|sent at|received|date sent|sent date"),
    to=words("to|recipient|recipients"),
    copy=words("cc|bcc"),
    subject=words("subject|re"),
    other=words(
        "reply-to|reply to|importance|priority|attachments|attachment|organization|mailed-by|signed-by|"
        "sensitivity|when|where|resent-from|resent-to|message-id|newsgroups|x-mailer"
    ),
    original=words(
        "original message|original appointment|original email|original mail|original|reply message|"
        "forwarded message|forwarded by|forwarded email|forwarded mail|begin forwarded message|"
        "start of forwarded message|start original message|original text|replied message|reply above this line|"
        "please reply above this line|please type your reply above this line|in reply to"
    ),
    forwarded=words("begin forwarded message|begin forwarded text|forwarded message|start of forwarded message"),
    above=words(
        "reply above this line|type your reply above this line|write above this line|respond above this line|"
        "enter your reply above|reply above the line"
    ),
    device=words(
        "sent from my|sent from|sent with|sent via|sent by|sent on the go|sender notified by|"
        "sent through|sent using|"
        "get outlook for|get bluemail for|get typeapp for|shared with|composed with|typed on|written on my|"
        "please excuse brevity|please excuse my brevity|sorry for any typos|please excuse any typos|excuse typos|"
        "download outlook for|connected by|from my"
    ),
    closings=words(
        "thanks a million|with thanks|have a nice weekend|have a good weekend|"
        "looking forward to hearing from you|tnx|v/r|"
        "best regards|kind regards|warm regards|warmest regards|with kind regards|with best regards|with regards|"
        "regards|best wishes|with best wishes|best|all the best|yours sincerely|sincerely|sincerely yours|"
        "yours faithfully|yours truly|yours|respectfully|many thanks|thanks|thank you|thanks again|"
        "thanks in advance|thank you in advance|thanks and regards|thanks & regards|thanks and best regards|"
        "cheers|take care|cordially|kindest regards|kindly|rgds|br|kr|tia|thx|ty|love|see you|talk soon|warmly|"
        "hugs|greetings|thank you so much|thank you very much|thanks so much|thanks very much|thanks a lot|"
        "thank you and best regards|have a nice day|have a great day|bye"
    ),
    disclaimer=words(
        "confidentiality notice|confidentiality:|disclaimer|legal notice|this email and any|this e-mail and any|"
        "this message and any|this email (including|this e-mail (including|this message (including|"
        "this message is intended|this email is intended|this e-mail is intended|this message contains|"
        "this email contains|this e-mail contains|this communication|this transmission|this electronic message|"
        "the information contained in this|the information in this|the contents of this|the content of this|"
        "if you are not the intended recipient|if you have received this|please consider the environment|"
        "think before you print|important notice|notice:|privileged and confidential|email confidentiality|"
        "this email may contain|this e-mail may contain|this message may contain|this email transmission|"
        "this e-mail transmission|the information transmitted|any views or opinions|before printing"
    ),
    secrecy=words(
        "intended recipient|confidential|privileged|unauthorized|unauthorised|received this email in error|"
        "received this e-mail in error|received this message in error|prohibited|disclosure"
    ),
    imprint=words(
        "registered in england|registered office|company number|company no|company registration|company reg|"
        "vat number|vat no|vat reg|vat id|registered company|registered number|managing director|"
        "chamber of commerce|incorporated in"
    ),
    scanned=words(
        "virus-free|this email has been checked for viruses|this e-mail has been checked for viruses|"
        "this message has been scanned|this email has been scanned|scanned by|no virus found|"
        "this email was scanned|checked by avg|this message was scanned|virus free"
    ),
    listing=words(
        "mailing list|to unsubscribe|unsubscribe from|you received this message because|you are receiving this|"
        "reply to this email directly|view it on github|manage your subscription|to post to this group|"
        "visit this group at|list archives|listinfo"
    ),
    answers=words("answers|comments|replies|responses|remarks"),
    places=words(
        "in red|in blue|in green|in bold|in capitals|in caps|in italics|in yellow|below|inline|between the lines"
    ),
    inline=words(
        "answers below|answers inline|answer inline|answered inline|answered below|answering inline|"
        "replies inline|reply inline|replied inline|replies below|comments inline|comments below|"
        "comment inline|see inline|responses inline|responses below|response inline|inline below|"
        "see my answers|see my comments|see my replies|see my responses|answers in red|answers in blue|"
        "answers in bold|answers in green|comments in red|comments in blue"
    ),
    first_person=words("i|we|me|i'm|i've|i'll|i'd|we've|we'll"),
    possessives=words("my|our|mine"),
    parcels=words(
        "today|yesterday|tomorrow|tonight|morning|afternoon|evening|week|ago|registered|recorded|tracked|courier|parcel|package|warehouse|freight|pallet|envelope"
    ),
)
