"""What the injector hears is what the server said, per forward-path."""

from tests.peers.injector import Client
from tests.peers.sink import Sink, Stage, reply


def test_each_forward_path_has_its_answer() -> None:
    with Sink() as sink:
        sink.script(Stage.RCPT, reply("550 5.1.1 no such user"))
        refused, taken = Client(port=sink.port).send(
            b"Subject: x\r\n\r\n.hi\r\n", reverse_path=None, forward_paths=("a@x.example", "b@x.example")
        )
    assert (refused.code, refused.after_data) == (550, False)
    assert (taken.code, taken.after_data) == (250, True)
    assert [mail.octets for mail in sink.taken] == [b"Subject: x\r\n\r\n.hi\r\n"]
    assert sink.taken[0].reverse_path == ""
