"""English phrases of the checks of wording: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases
from mailbridge.policy.wordlist import Wordlist
from mailbridge.policy.wordlists.notices.en import NOTICES
from mailbridge.policy.wordlists.topics.en import TOPIC
from mailbridge.policy.wordlists.unless.en import UNLESS

WORDLIST = Wordlist(
    code="en",
    negators=phrases("""
        not
        no
        never
        cannot
        without
        nor
        don't/can't/won't/isn't/aren't/doesn't/didn't/couldn't/wouldn't/shouldn't/mustn't
        dont/cant/wont/isnt/arent/doesnt/didnt/couldnt/wouldnt/shouldnt
        unable
        instead of
        rather than
        against
        forbidden/prohibited
    """),
    negators_behind=phrases("""
        is/are/was/were not
        isn't/aren't/wasn't/weren't
        cannot
        not allowed/permitted/possible/available
        do/does not exist
        forbidden/prohibited
        against the rules
    """),
    affirmers=phrases("""
        not forget
        don't/dont forget/miss/hesitate
        not hesitate/miss
        why not
        no need to search/look
        not only
    """),
    market=phrases("""
        platform
        marketplace
        market
        allegro
        amazon
        ebay
        etsy
        vinted
        upxycled
        kaufland
        zalando
        otto
        olx
        empik
    """),
    find={
        "advertising": phrases("""
            new stock (has) (just) landed/arrived
            our (new) (winter) (summer) (spring) (autumn) (christmas) catalogue/catalog is/has out/online/now/here
            visit/browse/explore/discover/check-out/see our .. shop/store/webshop/range/collection/catalogue/catalog/
                listings
            seen our other/new/latest items/products/listings/offers/collection
            launched a/our new range/collection/line/product/shop/store
            sale (now) (is) on/starts/begins/started/ends/continues .. in/at our shop/store
            sale starts/begins/ends today/tomorrow/on/this/next/soon
            first to hear/know about new/our
            visit our (new) (online) shop/store/website/site/webshop/webstore/page
            visit us at/on/online
            check-out/see/discover/explore/browse our (full) (whole) (new) (latest) (other) shop/store/website/
                range/catalogue/catalog/collection/offers/products/items/deals/listings
            have/take a look at our (other) (new) (full) (latest) shop/store/website/range/catalogue/catalog/collection/
                offers/products/items/deals/listings
            look at our other products/items/offers/listings
            check-out/see/discover/explore/browse what else we have/sell/offer
            new arrivals
            our new/latest arrivals/collection
            new collection/arrivals/products is/are/have now/just/here/online/available/arrived
            subscribe/sign-up/signup/register (to) (for) our newsletter
            subscribe/sign-up/signup to/for our mailing/news list/letter
            join our newsletter/mailing/club/community/group
            our (latest) (weekly) (monthly) newsletter
            follow us on/at
            like us on facebook
            follow/like our page/profile/channel
            you may/might/will/could also like/love/enjoy/want/need
            you may/might be (also) interested in our/these/other/another
            customers who bought this also
            special/exclusive/great/amazing/limited/unbeatable/fantastic offer/offers/deal/deals/sale for/only/just/on/
                until/ends/now/today/this/in/from
            limited time offer/offers/deal
            don't/dont miss our/this/out/these
            summer/winter/spring/autumn/christmas/black-friday/clearance/closing sale ... now/today/until/starts/ends/
                our/off/discount
            up to <number> off
            buy one get one
            buy <number> get <number>
            we also sell/offer/stock/carry
            our best sellers/seller
            our bestsellers
            add our shop/store to your favourites/favorites
            recommend us/our-shop/our-store to your/friends
            refer a friend
            tell your friends about us/our
            thank you for choosing ... visit us again
            we are launching/opening a new shop/store/collection/line
            shop now
            order now and
            while stocks last
        """),
        "coupon": phrases("""
            discount/coupon/voucher/off ... your/the next/future order/purchase/visit/shopping
            voucher/coupon ... next time
            less/off on your next order/purchase
            next order/purchase ... cheaper/less
            off with (the) (our) code
            discount/coupon/promo/promotional/voucher/promotion code <code>
            use (the) (this) (our) (my) (your) (discount) (coupon) (promo) (voucher) code/coupon/voucher <code>
            use/enter/apply/redeem (the) (this) (our) (my) discount/coupon/promo/promotional/voucher code .. at/for/on/
                in/when/during/to
            with (the) (this) (our) code <code>
            here is/are (your) (a) (our) (an) (personal) (exclusive) (special) discount/coupon/promo/voucher
            here's (your) (a) (our) (an) (personal) (exclusive) (special) discount/coupon/promo/voucher
            your (personal) (exclusive) discount/coupon/promo/voucher code is/for
            your (personal) (exclusive) coupon for/is
            discount/coupon/voucher/code/off/credit for/on/off/towards your/the/a/any (very) next/future/further/second/
                another order/purchase/shopping/visit/orders/purchases/item
            off your (very) next/future/second order/purchase/shopping/visit
            off (on) (all) future/further orders/purchases
            <number> percent off/discount (on) (for) everything/all
            off everything in our
            next/future order/purchase ... <number> off/discount/percent
            gift card/voucher for your next/future
            get/receive/enjoy/save (an) (extra) (another) <number> off/discount/percent/euro/eur/pounds/dollars (off)
                (on) (for) your/the/any next/future/second
            save .. on/off your next/future
            discount/coupon/voucher/promo code/coupon/voucher enclosed/attached/inside/below
            enclosed/attached/included is/you (will) (find) (a) (your) discount/coupon/voucher
        """),
        "review_request.neutral": phrases("""
            please rate us/our/your/the-seller/the-product/this-product/it
            ask (you) (kindly) for (a) (an) (short) (honest) (your) review/feedback/rating
            review/feedback/rating would .. help/mean/make
            kind/nice words on/about/in our/us (profile/shop)
            leave/give us (some) stars
            leave/leaving .. review/feedback for us
            leave/write/post/submit/give/share (us) (me) (a) (an) (your) (honest) (short) (quick) (product) (seller)
                review/reviews/rating/feedback/testimonial
            leave/write/post/submit (us) (me) (a) (an) (your) honest/short/quick/product/seller review/rating/feedback
            leaving/writing/posting/submitting (us) (me) (a) (an) (your) (honest) (short) (quick) (product) (seller)
                review/rating/feedback
            rate/review us/our-shop/our-store/our-service/our-product/your-purchase/your-order/your-experience/
                the-product/this-product/the-seller
            rate (the) (this) product/item/seller/transaction/purchase on/in/here/with
            rate and review
            please review us/our/the-product/your-purchase/your-experience
            let us know what you think of/about
            tell us/others (about) (what) your/you experience/think of/about/thought
            share your experience/opinion/thoughts with/on/about
            appreciate .. review/feedback/rating
            if you (could) left/leave (us) a review/rating/feedback
            your review/feedback/rating helps/means/matters/would/is important/very/a/us/appreciated/other
            we/i would/d (really) (greatly) appreciate/love (a) (your) (it-if-you-left-a) review/feedback/rating
            how would you rate
            how was your experience
            your opinion matters/counts/is important
        """),
        "review_request.steering": phrases("""
            leave/give/rate .. five/5/4 stars
            thumbs-up .. kind words
            leave/write/post/submit/give/leaving/giving (us) (me) (a) (an) (your) positive/good/great/nice/excellent/
                4-star/five-star/5-star/favourable/favorable/kind .. review/reviews/rating/feedback/comment
            give/leave us/me/our-shop (a) (full) (all) five/5 stars/star
            rate us/me/our-product/our-shop/the-product/it (with) five/5 (stars)
            five/5 star/stars review/rating/feedback
            with five/5 stars
            positive/good review/feedback/rating helps/would/means/is us/help/really/appreciated/a/very/important
            appreciate/love/grateful (for) a/your positive/good/5-star/five-star review/feedback/rating
            if you are/re (happy) (satisfied) (happy) .. leave/write/post/rate/give .. review/rating/feedback/us
            if you like/love/liked/loved/enjoy/enjoyed ... leave/write/post/rate/give .. review/rating/feedback/us
            only if you are/re happy/satisfied
            before/instead-of/rather-than (you) leaving/leave/writing/write/giving/give/posting/post (a) (any) (us)
                negative/bad/low/poor/neutral .. review/feedback/rating/comment
            not/don't/dont leave/give/write/post (us) (a) (any) negative/bad/low/poor/neutral review/feedback/rating
        """),
        "review_request.change_or_remove": phrases("""
            change/remove/delete/update/revise/withdraw/edit/modify/reconsider/amend/retract/take-down/improve (your)
                (the) (that) (this) (negative) (bad) (neutral) (low) (1) (one) (star) review/feedback/rating/comment
            changing/removing/deleting/updating/revising/withdrawing/editing/reconsidering/amending/retracting (your)
                (the) (that) (this) (negative) (bad) (neutral) (low) review/feedback/rating/comment
            turn/change (your) (the) (negative) (review) (feedback) (rating) (in) (to) (into) (a) positive/five/5
            agree to (feedback) revision
            feedback revision request
        """),
        "review_request.paid": phrases("""
            for five/5 stars .. we/you/get/refund/send
            for a 5-star/five-star/positive/good/honest review/rating .. we/you/get/receive
            leave/write/post/submit/give/leaving/writing/posting (us) (me) (a) (an) (your) (honest) (positive) (good)
                (5) (five) (star) review/rating/feedback ... get/receive/win/earn/refund/gift/voucher/coupon/discount/
                cashback/free/reward/send-you/bonus/off
            refund/gift/voucher/coupon/discount/cashback/reward/bonus/money/free/reimburse/amazon-card/giftcard ... for/
                after/once/if/when .. leave/leaving/write/writing/post/posting/your/a/an/honest/positive/5-star/
                five-star/good review/rating/feedback
            in exchange/return for (a) (an) (your) (honest) (positive) (good) (5) (five) (star) review/rating/feedback
            change/remove/delete/update/removing/changing/deleting/withdraw (your) (the) (negative) (bad) review/
                feedback/rating ... get/receive/refund/gift/voucher/coupon/discount/cashback/reward/compensat*/money/
                send-you
            refund/gift/voucher/coupon/discount/cashback/reward/compensation ... change/remove/delete/update/removing/
                changing/deleting/withdraw (your) (the) (negative) (bad) review/feedback/rating
            free product/item/gift ... review
            review/rating/feedback contest/raffle/giveaway
        """),
        "opt_out_request": phrases("""
            turn-off/switch-off/disable/mute/block/stop .. <market> (s) messages/notifications/emails/e-mails/mails
            unsubscribe .. below/if/button
            unsubscribe from/here/by/via/at/link/now/click/any-time/anytime
            to unsubscribe
            can/may unsubscribe
            click .. unsubscribe
            opt out of/from/here/by
            to opt out
            opt-out of/from/here/by/link
            turn-off/switch-off/disable/deactivate/mute/block/stop/opt-out-of/unsubscribe-from (the) (all) (your)
                (these) <market> messages/notifications/emails/e-mails/mails/notices/alerts
            turn-off/switch-off/disable/deactivate/mute/block (the) (all) (your) (these) messages/notifications/emails/
                e-mails/mails/notices/alerts from/in/of (the) <market>
            do/don't/dont (not) (no) (longer) wish/want to receive (any) (more) (these) (our) (further) (such) messages/
                mails/emails/e-mails/newsletters/mailings
            no longer wish/want to receive
            stop receiving (these) (our) (any) messages/mails/emails/e-mails/mailings
            opt in to our/receive
        """),
        "steering_off_market.contact": phrases("""
            do/talk/chat/discuss/sort/settle/deal/arrange/write/move .. .. off the <market>
            give/drop us/me a ring/call
            message/text/write/send/drop .. us/me .. on/via/by whatsapp/telegram/viber/signal/messenger/instagram/
                facebook
            write/email/e-mail/mail/message/text/call/phone/contact/reach/whatsapp (to) us/me directly
            write/email/e-mail/mail/text/call/phone/contact/reach/whatsapp (to) us/me by/via/on/at/over/through phone/
                telephone/whatsapp/telegram/signal/viber/messenger/e-mail/email/mail/instagram/facebook/our
            write/email/e-mail/message/contact/reach/talk/communicate/chat ... outside (of) (the) (this) <market>
            contact us directly
            contact me directly
            directly by/via/over/through phone/whatsapp/telegram/email/e-mail/mail/instagram/facebook/messenger
            continue/move/carry-on .. to/on whatsapp/telegram/e-mail/email/instagram/messenger/viber
            continue/move/take/carry-on .. conversation/this/chat/discussion/it off/outside/away-from/to/on (of) (the)
                (this) <market>
            continue/move/take/carry-on .. conversation/this/chat/discussion/it off/outside/away-from/to/on (of) (the)
                (this) whatsapp/telegram/e-mail/email/instagram/messenger
            send/give/tell/leave us/me your (private) (own) (personal) (direct) (real) e-mail/email/phone/telephone/
                mobile/whatsapp (address) (number)
            what is your (private) (real) (direct) e-mail/email/phone/telephone/mobile/whatsapp
            bypass/circumvent/avoid the <market>
        """),
        "steering_off_market.purchase": phrases("""
            sell/buy/order ... off the <market>
            sell (it) (them) (this) (to) (you) directly/privately (to) (you)
            sell ... privately
            straight/directly to us ... cheaper/less/save
            for less on/in/at our
            on our own web/online shop/store
            cheaper/save/buy/sell/deal/order ... without (the) <market>
            without (the) <market> ... cheaper/save
            come/order/buy straight/directly from/to/with us
            order/buy/purchase/get/shop .. directly from/with/through/at/via/on us/me/our/my
            order/buy/purchase/shop direct from/with us/me
            order/buy/purchase (it) (them) (this) (again) (next) (time) on/from/through/via/at/in our (own) website/
                site/shop/store/webshop/webstore/online
            order/buy/purchase/sell/deal/trade ... outside (of) (the) (this) <market>
            cheaper/lower/better/less .. on/at/in/through/from our (own) website/site/shop/store/webshop/webstore
            on/in our own website/shop/store/webshop ... cheaper/lower/less/better/save/discount
            without (the) (any) <market> fee/fees/commission/commissions
            save/avoid (on) (the) (any) (<market>) fee/fees/commission/commissions
            make/do/complete/close/arrange/settle (the) (a) (this) (private) (direct) deal/sale/purchase/transaction/
                order/business outside/off/privately/directly
            private/direct sale without (the) <market>
        """),
        "steering_off_market.payment": phrases("""
            send/transfer/wire (the) (me) (us) (money) (payment) .. to my/our account
            bank/wire transfer to me/us/our/my
            pay .. directly/straight to us/me/our/my
            pay directly/straight (to) us/me/our/my
            pay us/me directly
            pay us/me/it by/via/with/through (a) bank/wire/paypal/transfer/revolut/bitcoin/crypto/western/cash
            pay/payment/send/transfer ... outside (of) (the) (this) <market>
            send/transfer (us) (me) (the) (money) (payment) (amount) (it) (directly) (by) (via) (to) (our) (my) paypal/
                revolut/bank-account/iban/bank
            transfer/wire/send the money/amount/payment (directly) to our/my/this/us
            friends and family paypal
            paypal friends and family
            pay .. to our bank account
        """),
        "steering_off_market.cancel": phrases("""
            please/could-you/can-you/would-you/kindly/you-should/you-must/you-can/ask-you-to/you-to (just) (please)
                cancel (the) (this) (your) (my) order/purchase ... and/then/we-will/we-ll/order/buy
            please/kindly (just) cancel (the) (this) (your) order/purchase
            could/can/would you (please) (just) cancel (the) (this) (your) order/purchase
            ask you to cancel (the) (this) (your) order
            want/need/like you to cancel (the) (this) (your) order
            cancel (the) (this) (your) order/purchase ... and/then .. order/buy/place/purchase .. on/at/in/from/with/
                directly/direct/again
            cancel (it) (the) (order) on/from your side/end
            request (a) (the) cancellation (of) (the) (your) (order) on/from/in/through your
        """),
        **NOTICES,
        "profanity": phrases("""
            fuck/fucks/fucked/fucker/fuckers/fucking/fuckin/fuckwit/fuckface
            motherfuck*
            clusterfuck
            shit/shits/shitty/bullshit/shite/shithead/shitshow/dipshit/horseshit
            bitch/bitches/bitching
            cunt/cunts
            asshole/assholes/arsehole/arseholes
            dickhead/dickheads
            wanker/wankers
            twat/twats
            whore/whores
            cocksucker/cocksuckers
            piss off
            pissed off
            son of a bitch
            nigger*
            wtf
            stfu
        """),
        "service_question": phrases("""
            how/where/can/could/may/should/must (do/can/could/should/must) i/we return/exchange
            how/where (do/can/could/should/must) i/we send .. .. back
            how/where to return/exchange
            how/where to send .. .. back
            want/like/wish to return .. item/order/parcel/product/it/this/them/these
            need/send/get/have/where .. .. return label
            (what/which) is .. return address
            when/where do/will/can i/we get my/our money
            when will .. .. be refunded
            how .. .. get .. refund
        """),
        **TOPIC,
    },
    unless=UNLESS,
    courtesy=phrases("""
        dear/hello/hi/hey/good
        kind/best/warm/many regards/wishes
        regards
        yours sincerely/faithfully/truly
        sincerely
        cheers
        have a nice/good/great/lovely
        your team
        customer service/care/support
    """),
    function_words=tuple(
        (
            "the and you your is are have has this that with for not will would was were been we our of to it be "
            "from please they which when what there can my"
        ).split()
    ),
)
