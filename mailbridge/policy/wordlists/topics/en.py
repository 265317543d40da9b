"""What mails of buyers are about, in English: data, written as `policy/phrases.py` says."""

from mailbridge.policy.phrases import phrases

TOPIC = {
    "topic.question": phrases("""
        do/does/is/are/can/could/would/will you/it/this/that/they/there
        how/what/which/when/where/who/why is/are/do/does/can/could/would/will/long/much/many/big
        i have a question
        question about
        wondering if/whether
        like/want to know/ask
        can/could you (please) tell/confirm/send/give/check
        is .. available/compatible
        in stock
    """),
    "topic.shipping": phrases("""
        shipping/shipment/shipped/shipments
        dispatch/dispatched/despatched
        delivery/deliver/delivered/deliveries
        parcel/parcels/package/packages
        courier/couriers/carrier/postman
        tracking/tracked
        where is .. (my) order/item/parcel/package
        when will .. arrive/come/ship/get
        (has/have/did) not/n't arrived/arrive/received/come/shipped
        not .. received .. order/item/parcel/package
        still waiting
        has .. been sent
        locker/pickup point
        customs
        change .. address
    """),
    "topic.invoice": phrases("""
        invoice/invoices
        vat (number/id/invoice)
        receipt for
        proof of purchase
        tax number/id
        company details
        billing
        bill for
        credit note
    """),
    "topic.return": phrases("""
        return/returns/returned/returning
        send/sent/ship .. back
        refund/refunds/refunded
        money back
        exchange .. for/it/this
        wrong size
        cancel/cancelled/canceled/cancellation (my/the/this/order)
        withdraw/withdrawal
        change/changed my mind
        do not want/need .. any more/anymore/longer
    """),
    "topic.complaint": phrases("""
        broken/damaged/defective/faulty/defect/cracked/scratched/smashed
        does/do/did not/n't work/function/fit/match
        doesn't/don't/didn't work
        stopped working
        not working
        wrong item/product/colour/color/order/model/article
        missing part/parts/item/items/piece/pieces/from
        incomplete
        not as described
        complaint/complaints/complain
        claim/claims
        warranty/guarantee
        disappointed/unacceptable/terrible/scam/fraud/fake/counterfeit
        never arrived/received/came
        lost
        open a dispute/case
        poor quality
        still no answer/reply/response/refund
        consumer protection
        lawyer
    """),
}
