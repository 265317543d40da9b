"""What makes English sentences honest ones for the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

UNLESS = {
    "advertising": phrases("""
        through/via/in/on your account
        you asked/wrote/inquired/enquired/wanted/requested/ordered/bought/mentioned
        as you/we asked/requested/agreed/discussed
        your question/request/enquiry/inquiry
        instead of the/your
        replacement
        asked about/whether/if/for
        return/exchange/replace
    """),
    "coupon": phrases("""
        you used/entered/applied/redeemed/asked/tried/mentioned
        you have/ve used/entered/applied/redeemed
        your code/coupon/voucher does/did/is/has not/expired/already
        was/were/been used/applied/deducted
        already/automatically applied/used/deducted
        refund/refunded
        this/the order
        on your order
        expired/invalid
    """),
    "review_request": phrases("""
        give (us) feedback .. from/to the/our supplier/manufacturer/warehouse/courier
        review your case/claim/complaint/request/order/photos/pictures/return
        rate of
        review/feedback/rating/comment/stars (that) (which) you left/wrote/gave/posted
        thank-you/thanks ... you left/wrote/gave/posted
        we/i will review
        exchange rate
        shipping/postage/delivery rate/rates
        share/give your/the/this feedback with/to
    """),
    "opt_out_request": phrases("""
        you have/ve (been) unsubscribed
        we have/ve unsubscribed
        we unsubscribed
        you unsubscribed
        as you asked/wished/requested
    """),
    "steering_off_market": phrases("""
        call sign/number/button/option
        through/via/on/over/using/in/inside/within (the) (this) <market>
        through/via/using/in (the) (<market>) messages/messaging/chat/inbox/conversation/thread
        through/via/over/using your (order) (account) (page)
        here in the chat
        reply to this
        answer this
        if you no longer want/need/wish
        if you do not/don't/dont want/need/wish
        if you have/ve changed
        if you changed
        if you (still) want/wish/prefer/like/would to cancel
        you asked/wanted/requested/wished/wrote/told to
        as you asked/requested/wished/wanted/wrote
        your/the bank
        courier/carrier/post/manufacturer/dhl/ups/dpd/gls/inpost/fedex/hermes/evri
        against the rules
        not/never allowed/permitted
        scam/fraud/phishing/beware/careful/warning
    """),
    "steering_off_market.cancel": phrases("""
        if you (no) (longer)
        if you no longer want/need/wish
        if you do not/don't/dont want/need/wish
        if you have/ve changed
        you asked/wanted/requested/wished/wrote/told to
        as you asked/requested/wished/wanted/wrote
        in case you
        otherwise
    """),
    "repeats_market_notice": phrases("""
        unfortunately/sadly
        sorry/apologise/apologize/apologies/regret
        delay/delayed/delays/late/later
        problem/problems/issue/mistake/error/wrong/damaged/broken/missing/lost/faulty/defective
        out of stock
        not available
        returned/return/refund/refunded/cancel/cancelled/exchange/replacement
        could/can/would you
        please confirm/tell/let/choose/send/check/provide/specify/reply/answer/contact/call/make-sure
        your question/request/message/enquiry/inquiry
        you asked/wrote/wanted/requested
        as agreed/requested/promised/discussed/asked
        customs/colour/color/size/engraving/personalisation/personalization/custom
        before you use/assemble/install/open
    """),
}
