"""The sink records what it took and misbehaves where it is told to; else the crash tests would prove nothing."""

import smtplib

import pytest

from tests.peers.sink import CLOSE, TAKE_AND_CLOSE, Sink, Stage, reply


def _send(sink: Sink, octets: bytes = b"Subject: x\r\n\r\n.dot\r\n..two\r\nend\r\n") -> None:
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=10) as client:
        client.sendmail("a@x.example", ["b@y.example", "c@y.example"], octets)


def test_a_mail_is_recorded_with_its_envelope_and_its_dots() -> None:
    with Sink() as sink:
        _send(sink)
        [mail] = sink.taken
    assert (mail.reverse_path, mail.forward_paths) == ("a@x.example", ("b@y.example", "c@y.example"))
    assert mail.octets == b"Subject: x\r\n\r\n.dot\r\n..two\r\nend\r\n"


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.MAIL, smtplib.SMTPSenderRefused),
        (Stage.RCPT, None),
        (Stage.DATA, smtplib.SMTPDataError),
        (Stage.DOT, smtplib.SMTPDataError),
    ],
)
def test_a_scripted_refusal_happens_once(stage: Stage, expected: type[Exception] | None) -> None:
    with Sink() as sink:
        sink.script(stage, reply("451 4.3.0 not now"))
        if expected is None:
            _send(sink)
            assert sink.taken[0].forward_paths == ("c@y.example",)
        else:
            with pytest.raises(expected):
                _send(sink)
            assert not sink.taken
        _send(sink)
        assert sink.taken[-1].forward_paths == ("b@y.example", "c@y.example")
        assert len(sink.spilled) == (stage is Stage.DOT)


@pytest.mark.parametrize(("answer", "taken"), [(CLOSE, 0), (TAKE_AND_CLOSE, 1)])
def test_a_cut_after_the_dot_is_kept_apart(answer: object, taken: int) -> None:
    with Sink() as sink:
        sink.script(Stage.DOT, answer)  # type: ignore[arg-type]  # parametrised
        with pytest.raises(smtplib.SMTPServerDisconnected):
            _send(sink)
        assert len(sink.taken) == taken
        assert len(sink.spilled) == 1 - taken


def test_a_stopped_sink_listens_again_on_its_port() -> None:
    with Sink() as sink:
        port = sink.port
        sink.stop()
        with pytest.raises(OSError, match="refused"):
            _send(sink)
        sink.start()
        assert sink.port == port
        _send(sink)
        assert len(sink.taken) == 1
