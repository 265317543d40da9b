"""`standing list|show|set|lift`: what sellers may still do, and why."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.output import ExitCode, print_json, print_table, say, shown
from mailbridge.cli.surroundings import SETTINGS_FILE, ConfigOption, JsonOption, now, opened_bridge, opened_store
from mailbridge.domain.standing import Step
from mailbridge.events import Event, emit

if TYPE_CHECKING:
    from mailbridge.domain.standing import Sanction
    from mailbridge.path.bridge import Bridge
    from mailbridge.path.standing import Done
    from mailbridge.policy.ruleset import RuleSet
    from mailbridge.store.conductrecords import StandingRow

commands = typer.Typer(name="standing", help="What sellers may still do after breaches of rules.", no_args_is_help=True)

SellerArgument = Annotated[str, typer.Argument(metavar="SELLER", help="Reference of the seller.")]
MarketOption = Annotated[
    str | None,
    typer.Option("--market", metavar="REFERENCE", help="Reference of the marketplace, where several have it."),
]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason: the seller reads it.")]
#: how far back breaches are shown where no ladder says how long they count
_SHOWN_FOR = timedelta(days=90)
_MAY = {
    None: "everything",
    Step.REMINDED: "everything",
    Step.WARNED: "everything",
    Step.BARRED: "answer buyers; start no conversations",
    Step.SUSPENDED: "read what buyers write; nothing of his is passed on",
    Step.CLOSED: "read what buyers write; nothing of his is passed on",
}


@commands.command("list")
def list_(config: ConfigOption = SETTINGS_FILE, json: JsonOption = False) -> None:
    """List the sellers against whom a step is in force, the strictest step of each."""
    at = now()
    with opened_store(config) as store:
        rows = store.sellers_under_sanction(at)
    stands = [(row, sanction) for row in rows if (sanction := row.seller.standing(at)) is not None]
    if json:
        print_json(
            [
                {"market": row.marketplace, "seller": row.reference, "step": s.step, "since": s.at, "until": s.until}
                for row, s in stands
            ]
        )
        return
    print_table(
        ("MARKET", "SELLER", "NAME", "STEP", "SINCE (UTC)", "UNTIL (UTC)"),
        [(row.marketplace, row.reference, row.seller.name, s.step, s.at, s.until) for row, s in stands],
        nothing="Every seller is in good standing.",
    )


@commands.command()
def show(
    seller: SellerArgument,
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
    json: JsonOption = False,
) -> None:
    """Show where a seller stands: what he may still do, points on the ladder, breaches, steps taken."""
    with opened_bridge(config) as bridge:
        row = bridge.store.seller_called(seller, market)
        picture = picture_of(row, bridge)
    if json:
        print_json(picture.as_plain())
        return
    say_picture(picture)


def say_picture(picture: "Picture") -> None:
    """Print where one seller stands, for people."""
    for name, value in picture.stands.items():
        say(f"{name.replace('_', ' ') + ':':<11}{shown(value)}")
    say()
    print_table(
        ("AT (UTC)", "MESSAGE", "RULE", "SEVERITY", "COUNTS"),
        [(b["at"], b["record_id"], b["rule"], b["severity"], b["counts"]) for b in picture.breaches],
        nothing="No breach is on record of late.",
    )
    say()
    print_table(
        ("AT (UTC)", "STEP", "UNTIL (UTC)", "LIFTED (UTC)", "BY", "WHY"),
        [(s["at"], s["step"], s["until"], s["lifted_at"], s["by"], s["why"]) for s in picture.steps],
        nothing="No step was ever taken.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Where one seller stands, for people and programs."""

    stands: dict[str, object]
    breaches: list[dict[str, object]]
    steps: list[dict[str, object]]

    def as_plain(self) -> dict[str, object]:
        """For programs."""
        return self.stands | {"breaches": self.breaches, "steps": self.steps}


def picture_of(row: "StandingRow", bridge: "Bridge") -> Picture:
    """Where this seller stands now: what he may do, what counts, which step is next."""
    from mailbridge.path.standing import mails_counted
    from mailbridge.policy.standing import counted, next_rung

    at = bridge.clock()
    ladder = bridge.rules().ladder_of(row.market, at.date())
    conduct = bridge.store.conduct(row.seller.id, at - (ladder.counts_for if ladder is not None else _SHOWN_FOR))
    grounds = counted(ladder, conduct.breaches, conduct.sanctions, at) if ladder is not None else ()
    counting = {ground.record_id for ground in grounds}
    stands = row.seller.standing(at)
    rung = next_rung(ladder, conduct.sanctions, at) if ladder is not None else None
    mails = mails_counted(ladder, row.seller.id, conduct, at, bridge) if ladder is not None else 0
    picture: dict[str, object] = {
        "market": row.marketplace,
        "seller": row.reference,
        "name": row.seller.name,
        "step": stands.step if stands is not None else None,
        "until": stands.until if stands is not None else None,
        "may": _MAY[stands.step if stands is not None else None],
        "ladder": ladder.id if ladder is not None else None,
        "points": sum(ground.points for ground in grounds),
        "next_step": rung.step if rung is not None else None,
        "next_at": rung.needed(mails) if rung is not None else None,
    }
    breaches = [
        {
            "at": breach.at,
            "record_id": breach.record_id,
            "rule": breach.rule,
            "severity": breach.severity,
            "is_dismissed": breach.is_dismissed,
            "counts": breach.record_id in counting and not breach.is_dismissed,
        }
        for breach in conduct.breaches
    ]
    return Picture(stands=picture, breaches=breaches, steps=[_step_shown(step) for step in conduct.sanctions])


def _step_shown(sanction: "Sanction") -> dict[str, object]:
    return {
        "at": sanction.at,
        "step": sanction.step,
        "until": sanction.until,
        "lifted_at": sanction.lifted_at,
        "by": sanction.by,
        "why": sanction.why,
        "messages": [ground.record_id for ground in sanction.grounds],
    }


@commands.command("set")
def set_(
    seller: SellerArgument,
    step: Annotated[Step, typer.Argument(metavar="STEP", help="reminded, warned, barred, suspended or closed.")],
    why: WhyOption,
    days: Annotated[
        int | None,
        typer.Option(
            "--days",
            min=1,
            max=3660,
            help="How long. Without it barred and suspended last until they are lifted, reminded and warned 90 days.",
        ),
    ] = None,
    market: MarketOption = None,
    config: ConfigOption = SETTINGS_FILE,
) -> None:
    """Take a step against a seller; it takes the place of every step in force. He is told, with your reason."""
    from mailbridge.path.standing import set_standing

    if step is Step.CLOSED and days is not None:
        raise typer.BadParameter("closed is for good: leave --days out, or choose suspended")
    _must_say(why)
    with opened_bridge(config) as bridge:
        row = bridge.store.seller_called(seller, market)
        done = set_standing(row, step, days, why.strip(), bridge)
        minded = _is_minded(step, row, bridge.rules())
    _say_done("standing set", row, step.value, done)
    if not minded:
        say(f"No enforced rule of {row.market.name} asks for author.standing: his new messages go on as before.")
        raise typer.Exit(ExitCode.PROBLEM)


@commands.command()
def lift(
    seller: SellerArgument, why: WhyOption, market: MarketOption = None, config: ConfigOption = SETTINGS_FILE
) -> None:
    """End every step in force against a seller. What was kept back goes out; he is told, with your reason."""
    from mailbridge.path.standing import lift_standing

    _must_say(why)
    with opened_bridge(config) as bridge:
        row = bridge.store.seller_called(seller, market)
        done = lift_standing(row, why.strip(), bridge)
    _say_done("standing lift", row, "lifted", done)


def _must_say(why: str) -> None:
    if not why.strip():
        raise typer.BadParameter("a step needs a reason: the seller reads it")


def _is_minded(step: Step, row: "StandingRow", rules: "RuleSet") -> bool:
    """False where the step should stop messages and no rule in force would."""
    return step.rank < Step.BARRED.rank or rules.minds_standing(row.market, now().date())


def _say_done(command: str, row: "StandingRow", result: str, done: "Done") -> None:
    emit(Event.PERSON_ACTED, command=command, object=row.seller.id, result=result)
    say(f"{row.reference}: {result}")
    if not done.is_told:
        say("He could not be told: he has no mailbox on record that the notice may go to.")
