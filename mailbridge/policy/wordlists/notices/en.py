"""How the notices of marketplaces read in English: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

NOTICES = {
    "repeats_market_notice.thanks": phrases("""
        thank-you/thanks a-lot/again for your/the/buying/shopping/ordering
        thank-you/thanks a-lot/again for (placing) your order/purchase
        thank-you/thanks (so) (very) (much) for (placing) (making) your/the/this (recent) (first) order/purchase/
            payment/trust/shopping/buying
        thank-you/thanks (so) (very) (much) for shopping/buying/ordering/purchasing (with) (from) (at) (in) us/our
        thank-you/thanks (so) (very) (much) for choosing us/our
        we are here for you
        we are here if you
        here to help
        at your disposal
        enjoy your purchase/order/product/item/new
    """),
    "repeats_market_notice.order": phrases("""
        (your) order/purchase (number) (no) (<code>) (<number>) has/is/was (been) (successfully) confirmed/received/
            accepted/placed/registered/processed
        we have/ve (just) (successfully) received your (recent) order
        we received your order
        confirm/confirming/confirms (the) (receipt) (of) (receiving) your (recent) order
        order confirmation
        confirmation of your order
        your order is being (processed) prepared/packed/processed
        your order is being prepared/packed/processed
        we are/re (now) (currently) preparing/packing/processing your order/parcel/package
        details/summary of your order
    """),
    "repeats_market_notice.shipping": phrases("""
        your order/parcel/package/item has left our/the
        (your) order/parcel/package/item/items/shipment/purchase (number) (<code>) (<number>) has/have/was/were/is
            (been) (just) (already) (now) shipped/dispatched/sent/posted/despatched
        we have/ve (just) (already) (today) shipped/dispatched/sent/posted/despatched your (order) order/parcel/
            package/item/items
        we shipped/dispatched/sent/posted your order/parcel/package/item
        your order/parcel/package/item/shipment is on its/the way
        shipping/dispatch/shipment confirmation/notification
        tracking/shipment/parcel/consignment number/code/no/id/link (is) (for) (your) (order/parcel)
        track your order/parcel/package/shipment/item
        handed (over) to the courier/carrier
    """),
    "repeats_market_notice.delivery": phrases("""
        (your) order/parcel/package/item/shipment (<code>) (<number>) has/was/is (been) (now) (already) delivered/
            arrived
        (your) order/parcel/package/shipment is out for delivery
        (your) order/parcel/package/shipment will arrive/be-delivered/reach-you
        (your) order/parcel/package is/are/has ready for/to pickup/collection/collect/pick-up
        delivery confirmation
        estimated/expected delivery (date)
    """),
    "repeats_market_notice.payment": phrases("""
        have/ve not (yet) received (the) (your) payment
        still waiting/awaiting (for) (the) (your) payment
        waiting/awaiting for your payment
        awaiting your payment
        payment reminder
        reminder to/of/about/that (pay) (the) (your) (outstanding) (payment)
        please pay/settle for/your/the (order)
        please complete/make/finalise/finalize (the) (your) payment
        has not been paid
        (your) payment has/was/is (been) (successfully) received/confirmed/booked/accepted
        we have/ve received your payment
        we received your payment
        order is (still) unpaid
    """),
    "repeats_market_notice.invoice": phrases("""
        attached/enclosed is/you/please/find (will) (find) (please) (your) (the) (an) invoice
        invoice is/has (been) attached/enclosed/issued/sent
        invoice attached/enclosed
        find (attached) (enclosed) (the) (your) (an) invoice
        your invoice for/number/no/is
        here is your invoice
    """),
}
